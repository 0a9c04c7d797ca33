/** One page of a channel as a page of the engine's: the conversations that it touches, and the rows to write with it. */
import type { JsonValue, RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import { TransientError } from "@/core/models/errors";
import { channelRule } from "@/core/services/conversations/cut";
import type { ChannelKey } from "@/core/services/conversations/message-table";
import { touchedConversations, type TouchedConversations } from "@/core/services/conversations/touched";
import type { Changes, Range } from "@/core/services/conversations/windows";
import type { Page } from "@/core/services/sync/stream";
import type { SlackApi } from "../api";
import { endThread, type MessageRow, messages, threadOf } from "../db/messages";
import { type ChannelRow, saveUsers, updateChannel } from "../db/queries";
import type { MessagesAnswer } from "../models/api";
import { compareTs } from "../models/timestamp";
import { conversationArtifact, type Place } from "../rendering/conversation";
import type { MessageScene } from "../rendering/message";
import { compare, type Compared, peopleIn } from "./compare";
import type { Scene } from "./scene";

export interface Reading {
  db: Db;
  api: SlackApi;
  scene: Scene;
  channel: ChannelRow;
  /** Fills in what shared files hold. */
  fill: (answered: MessagesAnswer["messages"], stored: readonly MessageRow[]) => Promise<void>;
  /** Messages up to then are not read. */
  floor: string;
  /** Threads with an answer from then on are read again. */
  youngThreads: string;
}

export const keyOf = ({ account, id }: ChannelRow): ChannelKey => ({ account, channelId: id });
export const BEGINNING = "0";

/**
 * @param channel with `backTo` as it will be after this page.
 * @param range all that the page speaks for: what is stored there and not on the page was deleted.
 * @param fields what of the channel's row changes with this page.
 */
export async function messagePage(
  reading: Reading,
  answered: MessagesAnswer["messages"],
  range: Range,
  fields: Partial<ChannelRow>,
  cursor: JsonValue,
): Promise<Page<RenderedArtifact>> {
  const { db, scene, channel } = reading;
  const key = keyOf(channel);
  const people = await scene.meet(peopleIn(answered));
  const stored = await messages.store(db, key).between(range.from, range.to);
  await reading.fill(answered, stored);
  const compared = compare(key, scene.names, answered, stored);
  await believeGone(reading, compared, answered.length === 0);
  const changed = [...compared.written.keys(), ...compared.deleted].toSorted(compareTs);
  const [from, to] = [changed[0], changed.at(-1)];
  const ranges = from === undefined || to === undefined ? [] : [{ from, to }];
  // What changed further up, in what begins the channel, was left as it was until all of that was read.
  if (fields.backTo === BEGINNING) ranges.push({ from: BEGINNING, to: BEGINNING });
  const { items, placed, removed } = await conversationsIn(reading, ranges, compared);
  const ended = await endedThreads(db, key, compared, stored);
  const young = answered.flatMap(({ ts, latest_reply }) =>
    typeof latest_reply === "string" && latest_reply >= reading.youngThreads ? ts : [],
  );
  const pending = [...young, ...threadsOfAnswers(compared)];
  return {
    items,
    cursor,
    failures: compared.failures,
    removed: [...removed, ...ended.artifacts].map((artifact) => ({ key: artifact, state: "gone" as const })),
    save: async (tx) => {
      await saveUsers(tx, people);
      await messages.remove(tx, key, [...compared.deleted]);
      for (const thread of ended.threads) await endThread(tx, key, thread);
      await messages.save(tx, [...compared.written.values()]);
      for (const [artifact, all] of placed) await messages.change(tx, key, all, { artifact });
      await messages.change(tx, key, pending, { threadPending: true });
      await updateChannel(tx, channel, fields);
    },
  };
}

/** Conversations that ranges of a channel lie in, rendered as they are after the changes. */
export function conversationsIn(
  reading: Reading,
  ranges: readonly Range[],
  changes: Changes<MessageRow>,
): Promise<TouchedConversations> {
  const { db, channel } = reading;
  return touchedConversations(
    {
      store: messages.store(db, keyOf(channel)),
      rule: channelRule,
      complete: channel.backTo === BEGINNING,
      provisional: channel.backTo === null,
      keyOf: ({ rows }) => `slack:conv:${channel.id}:${rows[0]?.id ?? ""}`,
      render: (artifact, { rows }) => artifactOf(reading, artifact, rows, false),
    },
    ranges,
    changes,
  );
}

export function artifactOf(
  { scene, channel }: Reading,
  artifact: string,
  rows: readonly MessageRow[],
  thread: boolean,
): RenderedArtifact {
  const { workspace, names } = scene;
  const place: Place = { ...channel, workspace: workspace.name };
  const seen: MessageScene = { names, link: `${workspace.url}archives/${channel.id}` };
  return conversationArtifact(
    artifact,
    place,
    rows.map(({ raw }) => raw),
    seen,
    thread,
  );
}

/**
 * Threads whose first message is gone, answers and all (else Slack would have left a tombstone in its place), and those
 * whose last answer is.
 */
async function endedThreads(
  db: Db,
  key: ChannelKey,
  { gone, written }: Compared,
  stored: readonly MessageRow[],
): Promise<{ threads: string[]; artifacts: string[] }> {
  const emptied = stored.filter(({ id }) => written.get(id)?.threadTs === null);
  const threads = [...gone, ...emptied].flatMap(({ id, threadTs }) => (id === threadTs ? [id] : []));
  const artifacts = new Set<string>();
  for (const thread of threads)
    for (const { threadArtifact } of await threadOf(db, key, thread))
      if (threadArtifact !== null) artifacts.add(threadArtifact);
  return { threads, artifacts: [...artifacts] };
}

/** Threads of which an answer that stands in the channel as well is new, changed or gone. */
function threadsOfAnswers({ gone, written }: Compared): string[] {
  const rows = [...gone, ...written.values()];
  return rows.flatMap(({ id, threadTs }) => (threadTs === null || threadTs === id ? [] : threadTs));
}

/** So many deletions on one page are looked into. */
const MANY = 50;

/** Does not take an answer's word for it that much is gone, or everything: one of the missing is asked for by itself. */
async function believeGone(reading: Reading, { gone }: Compared, empty: boolean): Promise<void> {
  const { api, channel, floor } = reading;
  const suspect = gone.findLast(({ id }) => id > floor);
  if (suspect === undefined || (!empty && gone.length < MANY)) return;
  if (!(await api.has(channel.id, suspect.id))) return;
  throw new TransientError(`Slack left out messages of #${channel.name} that are still there.`, {
    action: "Nothing was removed; the next sync asks again.",
  });
}
