/** Threads that stand in one table with their channel: each is read whole, and is one artifact until it is very long. */
import type { JsonValue, RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { Page } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import type { ArtifactPages } from "./channel-pages";
import type { ComparedMessages } from "./compare";
import { conversationsOf, threadRule, verdicts } from "./cut";
import type { ChannelKey } from "./message-table";
import type { ThreadMessage, ThreadTable } from "./thread-table";

/** A channel's threads while they are read. */
export interface ReadThreads<Message extends ThreadMessage> {
  db: Db;
  key: ChannelKey;
  messages: ThreadTable<Message>;
  /** Source id of a thread, or of a later part of it, from the ids of what it and the part begin with alone. */
  keyOf: (thread: string, part: string | undefined) => string;
  render: (key: string, rows: readonly Message[]) => RenderedArtifact;
}

/** What a thread holds now, against what was stored of it. */
export interface ComparedThread<Message> {
  compared: ComparedMessages<Message>;
  stored: readonly Message[];
}

/**
 * The page on which a thread was read from its beginning to its end.
 *
 * @param save writes what else the page brings.
 */
export async function threadPage<Message extends ThreadMessage>(
  threads: ReadThreads<Message>,
  thread: string,
  { compared, stored }: ComparedThread<Message>,
  { cursor, save }: { cursor: JsonValue; save: (tx: Db) => Promise<void> },
): Promise<Page<RenderedArtifact>> {
  const { key, messages } = threads;
  // What stands in the channel as well is the channel's to write: its conversation is rendered with it.
  const answers = [...compared.written.values()].filter(({ inChannel }) => !inChannel);
  const gone = compared.gone.filter(({ inChannel }) => !inChannel);
  const kept = stored.filter(({ id }) => !compared.deleted.has(id) && !compared.written.has(id));
  const now = [...kept, ...compared.written.values()].toSorted((a, b) => messages.compare(a.id, b.id));
  const parts = partsOf(threads, thread, now);
  const shown = new Set(parts.map(({ artifact }) => artifact.integrationArtifactId));
  const before = new Set(stored.flatMap(({ threadArtifact }) => threadArtifact ?? []));
  return {
    items: parts.map(({ artifact }) => artifact),
    removed: [...before.difference(shown)].map((one) => ({ key: one, state: "gone" })),
    failures: compared.failures,
    cursor,
    save: async (tx) => {
      await messages.remove(tx, key, idsOf(gone));
      await messages.save(tx, answers);
      await messages.change(tx, key, [thread], { threadPending: false });
      await messages.change(tx, key, idsOf(stored), { threadArtifact: null });
      for (const { artifact, rows } of parts)
        await messages.change(tx, key, idsOf(rows), { threadArtifact: artifact.integrationArtifactId });
      await save(tx);
    },
  };
}

/** Threads that are rendered with one page. */
const AT_ONCE = 25;

/** A channel's threads rendered again from what is stored, because names changed. Asks the source for nothing. */
export async function* threadsShownAgain<Message extends ThreadMessage>(
  threads: ReadThreads<Message>,
): ArtifactPages {
  const { db, key, messages } = threads;
  for (const some of batches(await messages.readThreads(db, key), AT_ONCE)) {
    const items: RenderedArtifact[] = [];
    for (const thread of some)
      for (const { artifact } of partsOf(threads, thread, await messages.thread(db, key, thread)))
        items.push(artifact);
    yield { items, cursor: { channel: key.channelId, staleThread: some.at(-1) ?? "" } };
  }
}

export interface TouchedThreads {
  /** Threads of which nothing is left but what stands in the channel as well, and the artifacts that go with them. */
  ended: string[];
  artifacts: string[];
  /** Threads of which an answer that stands in the channel as well is new, changed or gone: they are to be read. */
  touched: string[];
}

/** What the changes on a page of the channel itself mean for its threads. */
export async function threadsTouched<Message extends ThreadMessage>(
  { db, key, messages }: Pick<ReadThreads<Message>, "db" | "key" | "messages">,
  { compared: { gone, written }, stored }: ComparedThread<Message>,
): Promise<TouchedThreads> {
  const emptied = stored.filter(({ id }) => written.get(id)?.threadId === null);
  const ended = [...gone, ...emptied].flatMap(({ id, threadId }) => (id === threadId ? [id] : []));
  const artifacts = new Set<string>();
  for (const thread of ended)
    for (const { threadArtifact } of await messages.thread(db, key, thread))
      if (threadArtifact !== null) artifacts.add(threadArtifact);
  const touched = [...gone, ...written.values()].flatMap(({ id, threadId }) =>
    threadId === null || threadId === id ? [] : threadId,
  );
  return { ended, artifacts: [...artifacts], touched };
}

/** The artifacts of a thread, from what is stored of it or about to be. A thread without answers has none. */
function partsOf<Message extends ThreadMessage>(
  { db, key, messages, keyOf, render }: ReadThreads<Message>,
  thread: string,
  all: readonly Message[],
): { artifact: RenderedArtifact; rows: Message[] }[] {
  const said = all.filter((row) => row.said);
  if (said.every(({ id }) => id === thread)) return [];
  const lines = said.map(messages.store(db, key).line);
  const byId = new Map(said.map((row) => [row.id, row]));
  const begins = verdicts(lines, threadRule, { below: true, above: true });
  return conversationsOf(lines, begins, threadRule).map((part, index) => {
    const rows = part.flatMap(({ id }) => byId.get(id) ?? []);
    return { artifact: render(keyOf(thread, index === 0 ? undefined : part[0]?.id), rows), rows };
  });
}

const idsOf = (rows: readonly ThreadMessage[]): string[] => rows.map(({ id }) => id);
