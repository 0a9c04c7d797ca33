/** Pages of a chat's channel for the engine: what changed in it, all that is shown of it anew, and its leaving. */
import type { JsonValue, RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { Page } from "@/core/services/sync/stream";
import type { ChatTables, StoredChannel } from "./chat-tables";
import type { ComparedMessages } from "./compare";
import type { ChannelKey } from "./message-table";
import { type Conversations, touchedConversations } from "./touched";
import type { Changes, Range, StoredMessage } from "./windows";

export type ArtifactPages = AsyncGenerator<Page<RenderedArtifact>, void, undefined>;

/** A channel while it is read: where its rows stand, how it is cut, and how what is cut is shown. */
export interface ReadChannel<Message extends StoredMessage> extends Omit<Conversations<Message>, "store"> {
  db: Db;
  key: ChannelKey;
  tables: Pick<ChatTables<StoredChannel, Message>, "messages" | "leave" | "shownAnew">;
}

export interface ChangedPage {
  cursor: JsonValue;
  /** True on the page with which everything down to the channel's beginning has been read. */
  completes: boolean;
  /** Ids of unchanged messages whose conversations look different all the same. */
  touches?: readonly string[];
  /** Keys of artifacts and failures beside conversations that are no more. */
  removed?: readonly string[];
  /** Writes what else the page brings, after the messages and where they are shown. */
  save: (tx: Db) => Promise<void>;
}

/**
 * The page on which messages were compared: the conversations that changes touch, and the rows to write with them.
 *
 * @param channel with `complete` as it will be after this page.
 */
export async function changedPage<Message extends StoredMessage>(
  channel: ReadChannel<Message>,
  compared: ComparedMessages<Message>,
  { cursor, completes, touches = [], removed = [], save }: ChangedPage,
): Promise<Page<RenderedArtifact>> {
  const { key } = channel;
  const { messages } = channel.tables;
  const changed = [...compared.written.keys(), ...compared.deleted].toSorted(messages.compare);
  const [from, to] = [changed[0], changed.at(-1)];
  const ranges: Range[] = from === undefined || to === undefined ? [] : [{ from, to }];
  // What changed further up, in what begins the channel, was left as it was until all of that was read.
  for (const id of [...touches, ...(completes ? ["0"] : [])]) ranges.push({ from: id, to: id });
  const touched = await conversationsOf(channel, ranges, compared);
  return {
    items: touched.items,
    cursor,
    failures: compared.failures,
    removed: [...touched.removed, ...removed].map((one) => ({ key: one, state: "gone" })),
    save: async (tx) => {
      await messages.remove(tx, key, [...compared.deleted]);
      await messages.save(tx, [...compared.written.values()]);
      for (const [artifact, ids] of touched.placed) await messages.change(tx, key, ids, { artifact });
      await save(tx);
    },
  };
}

/** Messages rendered with one page, about. */
const STRETCH = 500;

/**
 * All that is shown of a channel, rendered again from what is stored, because names changed. Asks the source for nothing.
 *
 * @param threads pages of threads that share the table with their channel.
 */
export async function* shownAgain<Message extends StoredMessage>(
  channel: ReadChannel<Message>,
  threads?: ArtifactPages,
): ArtifactPages {
  const { db, key, tables } = channel;
  const nothing: Changes<Message> = { written: new Map(), deleted: new Set() };
  const cursorAt = (stale: string) => ({ channel: key.channelId, stale });
  for (let above = "0"; ;) {
    const rows = await tables.messages.store(db, key).beside("above", above, STRETCH);
    const [from, to] = [rows[0]?.id, rows.at(-1)?.id];
    if (from === undefined || to === undefined) break;
    const { items } = await conversationsOf(channel, [{ from, to }], nothing);
    yield { items, cursor: cursorAt(above) };
    above = to;
  }
  if (threads !== undefined) yield* threads;
  yield { items: [], cursor: cursorAt("done"), save: (tx) => tables.shownAnew(tx, key) };
}

/**
 * A channel that is to be read no more: its conversations leave what is served, its rows the tables. What may come back
 * is only hidden.
 *
 * @param access why: "gone" and "left out" are for good.
 * @param notices keys of failures that end with it.
 */
export async function leavingPage<Message extends StoredMessage>(
  { db, key, tables }: Pick<ReadChannel<Message>, "db" | "key" | "tables">,
  access: string,
  notices: readonly string[] = [],
): Promise<Page<RenderedArtifact>> {
  const state = access === "gone" || access === "left out" ? "gone" : "hidden";
  const artifacts = await tables.messages.artifacts(db, key);
  return {
    items: [],
    removed: [
      ...artifacts.map((artifact) => ({ key: artifact, state }) as const),
      ...notices.map((notice) => ({ key: notice, state: "gone" }) as const),
    ],
    cursor: { channel: key.channelId, leaves: access },
    save: (tx) => tables.leave(tx, key, access),
  };
}

/** Conversations that ranges of a channel lie in, as they are after the changes. */
function conversationsOf<Message extends StoredMessage>(
  channel: ReadChannel<Message>,
  ranges: readonly Range[],
  changes: Changes<Message>,
) {
  const { db, key, tables } = channel;
  return touchedConversations({ ...channel, store: tables.messages.store(db, key) }, ranges, changes);
}
