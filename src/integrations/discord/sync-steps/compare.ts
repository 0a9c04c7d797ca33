/** A page of messages against what is stored: what is new, what changed, what is gone. */
import type { Db } from "@/core/models/database";
import { PermanentError } from "@/core/models/errors";
import type { Changes } from "@/core/services/conversations/windows";
import type { ItemNotice } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import type { z } from "zod";
import { messagesBetween, type ChannelKey, type MessageRow } from "../db/messages";
import { type ApiMessage, type ApiUser, messageSchema, type messagesSchema } from "../models/api";
import { isSaid } from "../models/channel-types";
import { orderKey } from "../models/snowflake";
import { authorOf } from "../rendering/message";
import type { ServerScene } from "./scene";

/** Every id, because a page says nothing of what lies outside of these. */
export interface Interval {
  from: string;
  to: string;
}

export const HIGHEST_ID = "9".repeat(20);

export interface Compared extends Changes<MessageRow> {
  failures: ItemNotice[];
  users: ApiUser[];
  /** Deleted messages by id. */
  gone: MessageRow[];
}

export async function compare(
  db: Db,
  key: ChannelKey,
  scene: ServerScene,
  answered: z.infer<typeof messagesSchema>,
  interval: Interval,
): Promise<Compared> {
  const stored = new Map(
    (await messagesBetween(db, key, interval.from, interval.to)).map((row) => [row.id, row]),
  );
  const failures: ItemNotice[] = [];
  const written = new Map<string, MessageRow>();
  const users: ApiUser[] = [];
  for (const one of answered) {
    const parsed = messageSchema.safeParse(one);
    if (!parsed.success) {
      failures.push({ key: `message:${one.id}`, reason: shapeReason(one.id, parsed.error) });
      continue;
    }
    const message = parsed.data;
    users.push(...(message.webhook_id ? [] : [message.author]), ...message.mentions);
    const before = stored.get(message.id);
    if (before !== undefined && hashJson(before.raw) === hashJson(message)) continue;
    if (before !== undefined && isEmpty(message) && !isEmpty(before.raw)) throw contentHidden();
    written.set(message.id, rowOf(key, scene, message, before?.artifact ?? null));
  }
  refuseEmptiness([...written.values()]);
  const met = new Set(answered.map(({ id }) => id));
  const gone = [...stored.values()].filter(({ id }) => !met.has(id));
  return { written, deleted: new Set(gone.map(({ id }) => id)), gone, failures, users };
}

function shapeReason(id: string, error: z.ZodError): string {
  const fields = error.issues.slice(0, 3).map(({ path }) => path.join(".") || "the whole");
  return `Message ${id} has a shape that is not known here (${fields.join(", ")}); it is left out.`;
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

const TELLING = 10;

/** Many messages, and all of them empty: the switch is off, whatever the application's page says. */
function refuseEmptiness(rows: readonly MessageRow[]): void {
  const said = rows.filter(({ said, raw }) => said && raw.author.bot !== true && [0, 19].includes(raw.type));
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
