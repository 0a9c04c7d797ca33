/** Discord's answers as far as they are read here. Unknown fields and kinds are let through; ids stay text. */
import { z } from "zod";
import { snowflakeSchema as id } from "./snowflake";

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(null);

export const userSchema = z.object({
  id,
  username: z.string(),
  global_name: optional(z.string()),
  bot: optional(z.boolean()),
});
export type ApiUser = z.infer<typeof userSchema>;

export const applicationSchema = z.object({
  id,
  name: z.string(),
  flags: z.number().default(0),
  bot: optional(userSchema),
});

export const guildsSchema = z.array(z.object({ id, name: z.string() }));

export const guildSchema = z.object({
  id,
  name: z.string(),
  description: optional(z.string()),
  owner_id: id,
  roles: z.array(z.object({ id, name: z.string(), permissions: z.string().regex(/^\d+$/) })),
});
export type ApiGuild = z.infer<typeof guildSchema>;

export const memberSchema = z.object({
  nick: optional(z.string()),
  roles: z.array(id),
  user: optional(userSchema),
});
export type ApiMember = z.infer<typeof memberSchema>;

export const overwriteSchema = z.object({ id, type: z.number(), allow: z.string(), deny: z.string() });
export type ApiOverwrite = z.infer<typeof overwriteSchema>;

export const channelSchema = z.object({
  id,
  type: z.number(),
  name: z.string().nullish(),
  topic: optional(z.string()),
  parent_id: id.nullish(),
  position: z.number().default(0),
  last_message_id: id.nullish(),
  permission_overwrites: z.array(overwriteSchema).default([]),
  available_tags: z.array(z.object({ id, name: z.string() })).nullish(),
  applied_tags: z.array(id).nullish(),
  owner_id: id.nullish(),
  message_count: optional(z.number()),
  thread_metadata: z
    .object({
      archived: z.boolean(),
      archive_timestamp: optional(z.string()),
      locked: z.boolean().default(false),
    })
    .nullish(),
});
export type ApiChannel = z.infer<typeof channelSchema>;

export const threadsSchema = z.object({
  threads: z.array(channelSchema),
  has_more: z.boolean().default(false),
});

const embedSchema = z.object({
  title: optional(z.string()),
  description: optional(z.string()),
  url: optional(z.string()),
  author: optional(z.object({ name: z.string() })),
  provider: optional(z.object({ name: z.string().nullish() })),
  footer: optional(z.object({ text: z.string() })),
  fields: optional(z.array(z.object({ name: z.string(), value: z.string() }))),
});
export type ApiEmbed = z.infer<typeof embedSchema>;

const attachmentSchema = z.object({
  filename: z.string(),
  title: optional(z.string()),
  size: z.number().default(0),
  content_type: optional(z.string()),
  description: optional(z.string()),
});
export type ApiAttachment = z.infer<typeof attachmentSchema>;

const emojiSchema = z.object({ id: id.nullish(), name: z.string().nullish() });
const mediaSchema = z.object({ text: z.string().nullish(), emoji: optional(emojiSchema) });

const pollSchema = z.object({
  question: mediaSchema,
  answers: z.array(z.object({ answer_id: z.number().optional(), poll_media: mediaSchema })),
  results: optional(z.object({ answer_counts: z.array(z.object({ id: z.number(), count: z.number() })) })),
});
export type ApiPoll = z.infer<typeof pollSchema>;

/** Components as they are, but for addresses of files, which Discord signs anew each time. */
const componentSchema = z
  .unknown()
  .transform((component): unknown => JSON.parse(JSON.stringify(component, withoutSigned) ?? "null"));

function withoutSigned(_name: string, value: unknown): unknown {
  return typeof value === "string" && SIGNED.test(value) ? undefined : value;
}

const SIGNED = /^https:\/\/(?:cdn\.discordapp\.com|media\.discordapp\.net)\//;

const contentSchema = z.object({
  content: z.string().catch(""),
  mentions: z.array(userSchema).default([]).catch([]),
  embeds: z.array(embedSchema).default([]).catch([]),
  attachments: z.array(attachmentSchema).default([]).catch([]),
  components: z.array(componentSchema).default([]).catch([]),
  sticker_items: optional(z.array(z.object({ name: z.string() }))),
});
export type ApiContent = z.infer<typeof contentSchema>;

export const messageSchema = contentSchema.extend({
  id,
  type: z.number(),
  author: userSchema,
  timestamp: z.string(),
  edited_timestamp: z.string().nullish(),
  webhook_id: id.nullish(),
  pinned: z.boolean().default(false),
  reactions: optional(z.array(z.object({ emoji: emojiSchema, count: z.number() }))),
  message_reference: optional(
    z.object({
      type: z.number().nullish(),
      message_id: id.nullish(),
      channel_id: id.nullish(),
      guild_id: id.nullish(),
    }),
  ),
  /** Null where it was deleted; one that cannot be read is not taken for that. */
  referenced_message: contentSchema
    .extend({ id, author: userSchema, timestamp: z.string() })
    .nullish()
    .catch(undefined),
  message_snapshots: optional(z.array(z.object({ message: contentSchema }))),
  poll: optional(pollSchema),
  /** The command that somebody gave a program, which answers with this message. */
  interaction: optional(z.object({ name: z.string(), user: userSchema })),
  thread: optional(z.object({ id, name: z.string() })),
});
export type ApiMessage = z.infer<typeof messageSchema>;

/** A page's messages one by one: one of a shape that is not known here must not take the others with it. */
export const messagesSchema = z.array(z.looseObject({ id }));
