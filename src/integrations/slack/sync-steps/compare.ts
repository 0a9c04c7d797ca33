/** Messages as Slack gives them against what is stored: what is new, what changed, what is gone. */
import { compareMessages, type ComparedMessages } from "@/core/services/conversations/compare";
import type { MessageRow } from "../db/messages";
import type { ChannelKey } from "@/core/services/conversations/message-table";
import { type ApiMessage, type MessagesAnswer, messageSchema } from "../models/api";
import { isoOf } from "../models/timestamp";
import { authorOf, wordsOf } from "../render/message";
import type { Names } from "../render/mrkdwn";

/** Slack's own notices, which say nothing that anybody would look for. */
const notices =
  /^(?:channel|group)_(?:join|leave|topic|purpose|name|archive|unarchive|posting_permissions|convert_to_private)$|^(?:un)?pinned_item$|^bot_(?:add|remove|enable|disable)$|^reminder_add$|^sh_room_created$/;

export type Compared = ComparedMessages<MessageRow>;

export function compare(
  key: ChannelKey,
  names: Names,
  answered: MessagesAnswer["messages"],
  stored: readonly MessageRow[],
): Compared {
  return compareMessages(
    answered.map((entry) => ({ id: entry.ts, entry })),
    stored,
    {
      schema: messageSchema,
      notice: (ts) => ({ key: `slack:message:${ts}`, words: `The message of ${isoOf(ts)}` }),
      row: (message, before) => rowOf(key, names, message, before),
    },
  );
}

/** Ids of people who wrote messages or are spoken of in them. */
export function peopleIn(messages: Iterable<{ ts: string; user?: unknown; text?: unknown }>): Set<string> {
  const found = new Set<string>();
  for (const { user, text } of messages) {
    if (typeof user === "string" && user !== "") found.add(user);
    if (typeof text !== "string") continue;
    for (const [, id = ""] of text.matchAll(/<@([A-Z0-9]{2,30})/g)) found.add(id);
  }
  return found;
}

function rowOf(
  key: ChannelKey,
  names: Names,
  message: ApiMessage,
  before: MessageRow | undefined,
): MessageRow {
  const { ts, thread_ts, subtype } = message;
  const begins = thread_ts === ts || (message.reply_count ?? 0) > 0;
  return {
    ...key,
    id: ts,
    threadId: begins ? ts : (thread_ts ?? null),
    inChannel: begins || !thread_ts || subtype === "thread_broadcast",
    subtype: subtype ?? null,
    said: !notices.test(subtype ?? ""),
    authorId: message.user ?? message.bot_id ?? null,
    authorName: authorOf(message, names),
    text: wordsOf(message),
    createdAt: isoOf(ts),
    editedAt: /^\d{10}\.\d{6}$/.test(message.edited?.ts ?? "") ? isoOf(message.edited?.ts ?? "") : null,
    replies: message.reply_count ?? 0,
    threadPending: begins,
    reactions: message.reactions.reduce((sum, one) => sum + one.count, 0),
    files: message.files.length,
    artifact: before?.artifact ?? null,
    threadArtifact: begins || thread_ts ? (before?.threadArtifact ?? null) : null,
    raw: message,
  };
}
