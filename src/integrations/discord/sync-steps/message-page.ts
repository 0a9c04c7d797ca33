/** One page of messages as a page of the engine's: the conversations that it touches, and the rows to write with it. */
import { upsertRows } from "@/core/db/own-rows";
import type { JsonValue, RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { changedPage, type ReadChannel } from "@/core/services/conversations/channel-pages";
import { channelRule, threadRule } from "@/core/services/conversations/cut";
import type { ChannelKey } from "@/core/services/conversations/message-table";
import type { Changes, Window } from "@/core/services/conversations/windows";
import type { Page } from "@/core/services/sync/stream";
import { answersTo, firstOfType, type MessageRow, messages } from "../db/messages";
import { type ChannelRow, chat, markStale } from "../db/queries";
import { discordMember } from "../db/schema";
import type { ApiMessage } from "../models/api";
import { isThread, THREAD_STARTER } from "../models/channel-types";
import { compareIds } from "../models/snowflake";
import { conversationArtifact } from "../render/conversation";
import { authorOf, type Quote } from "../render/message";
import { briefly } from "../render/parts";
import type { Compared } from "./compare";
import { channelNotice } from "./notices";
import type { ServerScene } from "./scene";

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
): Promise<Page<RenderedArtifact>> {
  const { db, scene, channel } = reading;
  const { account, serverId, id } = channel;
  const people = scene.learn(compared.users);
  const changed = [...compared.written.keys(), ...compared.deleted];
  const threads = changed.filter((message) => message !== id && scene.channels.has(message));
  return changedPage(readChannel(reading), compared, {
    cursor,
    completes: typeof fields.readDownTo === "string",
    touches: await answersTo(db, keyOf(channel), changed),
    removed: [...compared.settled, channelNotice(id)],
    save: async (tx) => {
      await upsertRows(tx, discordMember, people.rows);
      await chat.change(tx, account, [id], fields);
      await chat.change(tx, account, threads, { stale: true });
      await markStale(tx, account, serverId, { users: people.renamed });
    },
  });
}

/** A channel or thread as it stands now: how it is cut into conversations, and how these are shown. */
export function readChannel(reading: Reading): ReadChannel<MessageRow> {
  const { db, channel } = reading;
  return {
    db,
    key: keyOf(channel),
    tables: chat,
    rule: isThread(channel.type) ? threadRule : channelRule,
    complete: channel.readDownTo !== null,
    provisional: channel.oldestRead === null,
    keyOf: (window) => sourceIdOf(channel, window),
    render: (artifact, window, changes) => render(reading, artifact, window, changes),
  };
}

/** From the ids of the channel and the first message alone. */
function sourceIdOf(channel: ChannelRow, { rows, first }: Window<MessageRow>): string {
  const begins = rows[0]?.id ?? "";
  if (!isThread(channel.type)) return `discord:conv:${channel.id}:${begins}`;
  return first ? `discord:thread:${channel.id}` : `discord:thread:${channel.id}:${begins}`;
}

async function render(
  reading: Reading,
  artifact: string,
  window: Window<MessageRow>,
  changes: Changes<MessageRow>,
): Promise<RenderedArtifact> {
  const { db, scene, channel } = reading;
  const answered = await answeredBy(db, keyOf(channel), window.rows, changes);
  const quote = (message: ApiMessage): Quote | null | undefined => {
    const found = answered.get(message.message_reference?.message_id ?? "");
    if (found !== undefined) return { author: authorOf(found.raw, scene.names), text: briefly(found.raw) };
    const other = message.referenced_message;
    const isElsewhere = message.message_reference?.channel_id !== channel.id;
    if (other && (isElsewhere || isUnread(channel, other.id)))
      return {
        author: authorOf({ author: other.author, webhook_id: null }, scene.names),
        text: briefly(other),
      };
    if (isElsewhere) return undefined;
    // Discord says itself what was deleted, also above what has been read so far.
    const isUnknown = isUnread(channel, message.message_reference?.message_id ?? "0");
    return isUnknown && other !== null ? undefined : null;
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
  { written, deleted }: Changes<MessageRow>,
): Promise<Map<string, MessageRow>> {
  const ids = [...new Set(rows.flatMap(({ replyTo }) => replyTo ?? []))];
  const stored = await messages.find(
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
  const [row] = await messages.find(db, { account, channelId: parentId }, [id]);
  if (row !== undefined) return row.raw;
  const mention = await firstOfType(db, keyOf(channel), THREAD_STARTER);
  const other = mention?.raw.referenced_message;
  if (mention === undefined || !other) return undefined;
  return { ...mention.raw, ...other, type: 0, message_reference: null, referenced_message: null };
}
