/** A page of messages against what is stored: what is new, what changed, what is gone. */
import type { Db } from "@/core/models/database";
import { PermanentError } from "@/core/models/errors";
import { compareMessages, type ComparedMessages } from "@/core/services/conversations/compare";
import type { ChannelKey } from "@/core/services/conversations/message-table";
import type { z } from "zod";
import { messages, type MessageRow } from "../db/messages";
import { type ApiMessage, type ApiUser, messageSchema, type messagesSchema } from "../models/api";
import { isSaid, REPLY } from "../models/channel-types";
import { orderKey } from "../models/snowflake";
import { authorOf } from "../render/message";
import { messageNotice, openNotices } from "./notices";
import type { ServerScene } from "./scene";

/** Every id, because a page says nothing of what lies outside of these. */
export interface Interval {
  from: string;
  to: string;
}

export const HIGHEST_ID = "9".repeat(20);

export interface Compared extends ComparedMessages<MessageRow> {
  /** Who wrote what is new or changed, or is mentioned in it. */
  users: ApiUser[];
  /** Keys of notices that are over: what they tell of can be read now, or is gone. */
  settled: string[];
}

export async function compare(
  db: Db,
  key: ChannelKey,
  scene: ServerScene,
  answered: z.infer<typeof messagesSchema>,
  interval: Interval,
): Promise<Compared> {
  const stored = await messages.store(db, key).between(interval.from, interval.to);
  const compared = compareMessages(
    answered.map((entry) => ({ id: entry.id, entry })),
    stored,
    {
      schema: messageSchema,
      notice: (id) => ({ key: messageNotice(key.channelId, id), words: `Message ${id}` }),
      row: (message, before) => {
        if (before !== undefined && isEmpty(message) && !isEmpty(before.raw) && !isEmptied(message, answered))
          throw contentHidden();
        return rowOf(key, scene, message, before?.artifact ?? null);
      },
    },
  );
  const written = [...compared.written.values()];
  refuseEmptiness(written);
  const users = written.flatMap(({ raw }) => [...(raw.webhook_id ? [] : [raw.author]), ...raw.mentions]);
  const failed = new Set(compared.failures.map((failure) => failure.key));
  const settled = (await openNotices(db, key, interval)).filter((notice) => !failed.has(notice));
  return { ...compared, users, settled };
}

function rowOf(
  key: ChannelKey,
  scene: ServerScene,
  message: ApiMessage,
  artifact: string | null,
): MessageRow {
  return {
    ...key,
    id: message.id,
    orderKey: orderKey(message.id),
    serverId: scene.server.id,
    type: message.type,
    said: isSaid(message.type),
    authorId: message.author.id,
    authorName: authorOf(message, scene.names),
    content: message.content,
    createdAt: new Date(message.timestamp).toISOString(),
    editedAt: message.edited_timestamp ? new Date(message.edited_timestamp).toISOString() : null,
    replyTo: message.message_reference?.message_id ?? null,
    artifact,
    reactions: (message.reactions ?? []).reduce((sum, { count }) => sum + count, 0),
    attachments: message.attachments.length,
    raw: message,
  };
}

/** Nothing at all, which Discord lets nobody post: so a message looks to a bot that may not read contents. */
function isEmpty(message: ApiMessage): boolean {
  const lists = [message.embeds, message.attachments, message.components, message.sticker_items ?? []];
  return (
    message.content === "" &&
    lists.every((list) => list.length === 0) &&
    !message.poll &&
    (message.message_snapshots ?? []).length === 0
  );
}

/** Of a message's flags: that a moderator took its embeds off, which leaves nothing of one that held no more. */
const SUPPRESS_EMBEDS = 1 << 2;

/**
 * Whether a message that had words was emptied by somebody, which anybody's program can do: its embeds were taken off,
 * or the same page shows what others wrote without speaking to the bot, which a bot that may not read contents never sees.
 */
function isEmptied({ id }: ApiMessage, answered: z.infer<typeof messagesSchema>): boolean {
  const flags = answered.find((entry) => entry.id === id)?.["flags"];
  if (typeof flags === "number" && (flags & SUPPRESS_EMBEDS) !== 0) return true;
  return answered.some((entry) => {
    const { data: other } = messageSchema.safeParse(entry);
    if (other === undefined || other.author.bot === true || other.mentions.length > 0) return false;
    return TALK.has(other.type) && !isEmpty(other);
  });
}

/** What people post themselves; of Discord's own notices nobody knows whether it hides them. */
const TALK = new Set([0, REPLY]);
const TELLING = 10;

/** Many messages, and all of them empty: the switch is off, whatever the application's page says. */
function refuseEmptiness(rows: readonly MessageRow[]): void {
  const said = rows.filter(({ said, raw }) => said && raw.author.bot !== true && TALK.has(raw.type));
  if (said.length >= TELLING && said.every(({ raw }) => isEmpty(raw))) throw contentHidden();
}

export function contentHidden(): PermanentError {
  return new PermanentError(
    "Discord does not show the bot what messages say: the Message Content intent is off.",
    {
      action:
        "Turn on “Message Content Intent” on the bot's page of the Discord developer portal, then sync again. What was read before is kept.",
    },
  );
}
