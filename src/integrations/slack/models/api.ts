/**
 * What Slack answers, as far as it is used (https://docs.slack.dev/reference/methods). Ids are needed, everything else
 * may be missing; what is not used is dropped, so that a message compares equal until something shown changes.
 */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";
import { blockTexts } from "./block-texts";
import { tsSchema } from "./timestamp";

const words = looseValue(z.string());
const count = looseValue(z.number().int().nonnegative());
const flag = looseValue(z.boolean());

export const identitySchema = z.object({
  url: words,
  team: words,
  team_id: z.string().min(1),
  user: words,
  user_id: words,
});

export const userSchema = z.object({
  id: z.string().min(1),
  name: words,
  real_name: words,
  deleted: flag,
  is_bot: flag,
  profile: looseValue(z.object({ display_name: words, real_name: words, title: words, email: words })),
});
export type ApiUser = z.infer<typeof userSchema>;

const valueOf = looseValue(z.object({ value: words }));
export const channelSchema = z.object({
  id: z.string().min(1),
  name: words,
  is_private: flag,
  is_archived: flag,
  is_member: flag,
  is_im: flag,
  is_mpim: flag,
  /** Whom direct messages are with. */
  user: words,
  num_members: count,
  topic: valueOf,
  purpose: valueOf,
});
export type ApiChannel = z.infer<typeof channelSchema>;

export const fileSchema = z.object({
  id: words,
  name: words,
  title: words,
  pretty_type: words,
  size: count,
  permalink: words,
  /** "snippet", "canvas", "hosted" for what was uploaded, "external" for what lies elsewhere. */
  mode: words,
  filetype: words,
  updated: count,
  url_private: words,
  /** Ours: what the file holds as markdown; "" where that could not be read. */
  shown_text: words,
});
export type ApiFile = z.infer<typeof fileSchema>;
/** Left out where there are none, so that a message that was read before it was asked for compares equal. */
const unlessNone = <Entry>(entries: Entry[]): Entry[] | undefined =>
  entries.length === 0 ? undefined : entries;
const blocksSchema = looseList(z.unknown()).transform((blocks) =>
  unlessNone(blocks.flatMap((one) => blockTexts(one))),
);
const attachmentSchema = z.object({
  fallback: words,
  pretext: words,
  author_name: words,
  title: words,
  title_link: words,
  from_url: words,
  text: words,
  fields: looseList(z.object({ title: words, value: words })),
  footer: words,
  blocks: blocksSchema,
  files: looseList(fileSchema).transform(unlessNone),
});
export type ApiAttachment = z.infer<typeof attachmentSchema>;

export const messageSchema = z.object({
  ts: tsSchema,
  subtype: words,
  user: words,
  bot_id: words,
  username: words,
  bot_profile: looseValue(z.object({ name: words })),
  text: words,
  thread_ts: looseValue(tsSchema),
  reply_count: count,
  latest_reply: words,
  edited: looseValue(z.object({ ts: words })),
  files: looseList(fileSchema),
  attachments: looseList(attachmentSchema),
  blocks: looseList(z.unknown()).transform((blocks) => blocks.flatMap((one) => blockTexts(one))),
  reactions: looseList(z.object({ name: z.string(), count: z.number() })),
  pinned_to: looseList(z.string()),
});
export type ApiMessage = z.infer<typeof messageSchema>;

/** Where a listing goes on; "" at its end. */
export const metadataSchema = looseValue(z.object({ next_cursor: words }));
/** A page of messages: `ts` of each is needed, the rest is looked into one by one. */
export const messagesSchema = z.object({
  messages: z.array(z.looseObject({ ts: tsSchema })),
  has_more: flag,
  /** Older messages are there, but the workspace's plan does not show them. */
  is_limited: flag,
  response_metadata: metadataSchema,
});
export type MessagesAnswer = z.infer<typeof messagesSchema>;
