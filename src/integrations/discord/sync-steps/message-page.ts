/** One page of messages as a page of the engine's: the conversations that it touches, and the rows to write with it. */
import type { JsonValue, RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { Page } from "@/core/services/sync/stream";
import {
  answersTo,
  type ChannelKey,
  deleteMessages,
  findMessages,
  firstOfType,
  type MessageRow,
  placeMessages,
  saveMessages,
} from "../db/messages";
import { type ChannelRow, markStale, saveMembers, setStale, updateChannel } from "../db/queries";
import type { ApiMessage } from "../models/api";
import { isThread, THREAD_STARTER } from "../models/channel-types";
import { compareIds } from "../models/snowflake";
import { conversationArtifact } from "../rendering/conversation";
import { authorOf, type Quote } from "../rendering/message";
import type { Compared } from "./compare";
import { channelRule, threadRule } from "./conversations";
import type { ServerScene } from "./scene";
import { type Changes, type Window, windowsAround } from "./windows";

/** A conversation, rendered. */
export interface Conversation {
  artifact: RenderedArtifact;
}

export interface Reading {
  db: Db;
  scene: ServerScene;
  channel: ChannelRow;
}

export const keyOf = ({ account, id }: ChannelRow): ChannelKey => ({ account, channelId: id });

/**
 * @param channel with `readDownTo` as it will be after this page.
 * @param fields what of the channel's row changes with this page.
 */
export async function messagePage(
  reading: Reading,
  compared: Compared,
  fields: Partial<ChannelRow>,
  cursor: JsonValue,
): Promise<Page<Conversation>> {
  const { db, scene, channel } = reading;
  const { account, serverId, id } = channel;
  const key = keyOf(channel);
  const people = scene.learn(compared.users);
  const changed = [...compared.written.keys(), ...compared.deleted].toSorted(compareIds);
  const points = await answersTo(db, key, changed);
  const ranges = [...rangeOf(changed), ...points.map((point) => ({ from: point, to: point }))];
  const { items, placed, removed } = await conversationsIn(reading, ranges, compared);
  const threads = changed.filter((message) => message !== id && scene.channels.has(message));
  return {
    items,
    cursor,
    failures: compared.failures,
    removed: removed.map((artifact) => ({ key: artifact, state: "gone" as const })),
    save: async (tx) => {
      await saveMembers(tx, people.rows);
      await deleteMessages(tx, key, [...compared.deleted]);
      await saveMessages(tx, [...compared.written.values()]);
      for (const [artifact, ids] of placed) await placeMessages(tx, key, ids, artifact);
      await updateChannel(tx, account, id, fields);
      await setStale(tx, account, threads);
      if (people.renamed.length > 0)
        await markStale(tx, account, serverId, { users: people.renamed, roles: [], channels: [] });
    },
  };
}

function rangeOf(ids: readonly string[]): { from: string; to: string }[] {
  const [from, to] = [ids[0], ids.at(-1)];
  return from === undefined || to === undefined ? [] : [{ from, to }];
}

/** Conversations that ranges of a channel lie in, rendered as they are after the changes. */
export async function conversationsIn(
  reading: Reading,
  ranges: readonly { from: string; to: string }[],
  changes: Changes,
): Promise<{ items: Conversation[]; placed: Map<string, string[]>; removed: string[] }> {
  const { db, channel } = reading;
  const complete = channel.readDownTo !== null;
  const rule = isThread(channel.type) ? threadRule : channelRule;
  const items = new Map<string, Conversation>();
  const placed = new Map<string, string[]>();
  const before = new Set<string>();
  const kept = new Set<string>();
  for (const range of ranges) {
    const touched = await windowsAround(db, keyOf(channel), range, changes, { rule, complete });
    for (const artifact of touched.before) before.add(artifact);
    for (const window of touched.windows) {
      const shownIn = window.rows.flatMap(({ artifact }) => artifact ?? []);
      // Older messages that are still to be read may belong to it: what is shown of it stays until they are.
      if (!window.settled && shownIn.length > 0) {
        for (const artifact of shownIn) kept.add(artifact);
        continue;
      }
      if (!window.settled && channel.oldestRead !== null) continue;
      const artifact = sourceIdOf(channel, window);
      items.set(artifact, { artifact: await render(reading, artifact, window, changes) });
      const moved = window.rows.filter((row) => row.artifact !== artifact);
      placed.set(
        artifact,
        moved.map(({ id }) => id),
      );
    }
  }
  const removed = [...before].filter((artifact) => !items.has(artifact) && !kept.has(artifact));
  return { items: [...items.values()], placed, removed };
}

/** From the ids of the channel and the first message alone. */
function sourceIdOf(channel: ChannelRow, { rows, first }: Window): string {
  const begins = rows[0]?.id ?? "";
  if (!isThread(channel.type)) return `discord:conv:${channel.id}:${begins}`;
  return first ? `discord:thread:${channel.id}` : `discord:thread:${channel.id}:${begins}`;
}

async function render(
  reading: Reading,
  artifact: string,
  window: Window,
  changes: Changes,
): Promise<RenderedArtifact> {
  const { db, scene, channel } = reading;
  const answered = await answeredBy(db, keyOf(channel), window.rows, changes);
  const quote = (message: ApiMessage): Quote | null | undefined => {
    const found = answered.get(message.message_reference?.message_id ?? "");
    if (found !== undefined) return { author: authorOf(found.raw, scene.names), text: found.content };
    const other = message.referenced_message;
    const isElsewhere = message.message_reference?.channel_id !== channel.id;
    if (other && (isElsewhere || isUnread(channel, other.id)))
      return {
        author: authorOf({ author: other.author, webhook_id: null }, scene.names),
        text: other.content,
      };
    return isElsewhere || isUnread(channel, message.message_reference?.message_id ?? "0") ? undefined : null;
  };
  return conversationArtifact(
    artifact,
    scene.placeOf(channel),
    window.rows.map(({ raw }) => raw),
    { names: scene.names, link: `https://discord.com/channels/${scene.server.id}/${channel.id}`, quote },
    window.first && isThread(channel.type) ? await starterOf(reading) : undefined,
  );
}

function isUnread({ readDownTo }: ChannelRow, id: string): boolean {
  return readDownTo === null || compareIds(id, readDownTo) < 0;
}

/** The messages of this channel that these answer, as they are after the changes. */
async function answeredBy(
  db: Db,
  key: ChannelKey,
  rows: readonly MessageRow[],
  { written, deleted }: Changes,
): Promise<Map<string, MessageRow>> {
  const ids = [...new Set(rows.flatMap(({ replyTo }) => replyTo ?? []))];
  const stored = await findMessages(
    db,
    key,
    ids.filter((id) => !written.has(id) && !deleted.has(id)),
  );
  const found = [...stored, ...ids.flatMap((id) => written.get(id) ?? []), ...rows];
  return new Map(found.map((row) => [row.id, row]));
}

/** The message of the channel that a thread began from: it has the thread's own id. */
async function starterOf({ db, channel }: Reading): Promise<ApiMessage | undefined> {
  const { account, parentId, id } = channel;
  if (parentId === null) return undefined;
  const [row] = await findMessages(db, { account, channelId: parentId }, [id]);
  if (row !== undefined) return row.raw;
  const mention = await firstOfType(db, keyOf(channel), THREAD_STARTER);
  const other = mention?.raw.referenced_message;
  if (mention === undefined || !other) return undefined;
  return { ...mention.raw, ...other, type: 0, message_reference: null, referenced_message: null };
}
