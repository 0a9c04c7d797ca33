/** Threads of a channel: each is read whole, and is one artifact until it is very long. */
import type { RenderedArtifact } from "@/core/models/artifact";
import type { ArtifactPages } from "@/core/services/conversations/channel-pages";
import { conversationsOf, threadRule, verdicts } from "@/core/services/conversations/cut";
import { MissingError } from "@/core/services/http/errors";
import type { Page } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import type { SlackApi } from "../api";
import { type MessageRow, messages, pendingThreads, readThreads, threadOf } from "../db/messages";
import { saveUsers } from "../db/queries";
import type { MessagesAnswer } from "../models/api";
import { compare, peopleIn } from "./compare";
import { artifactOf, keyOf, type Reading } from "./message-page";

/** A page for each thread of the channel that has answers to be read. */
export async function* threadPages(reading: Reading): ArtifactPages {
  for (const ts of await pendingThreads(reading.db, keyOf(reading.channel)))
    yield await threadPage(reading, ts);
}

async function threadPage(reading: Reading, ts: string): Promise<Page<RenderedArtifact>> {
  const { db, api, scene, channel } = reading;
  const key = keyOf(channel);
  const answered = await repliesOf(api, channel.id, ts);
  const people = await scene.meet(peopleIn(answered));
  const stored = await threadOf(db, key, ts);
  await reading.fill(answered, stored);
  const compared = compare(key, scene.names, answered, stored);
  // What stands in the channel as well is the channel's to write: its conversation is rendered with it.
  const answers = [...compared.written.values()].filter(({ inChannel }) => !inChannel);
  const gone = compared.gone.filter(({ inChannel }) => !inChannel).map(({ id }) => id);
  const kept = stored.filter(({ id }) => !compared.deleted.has(id) && !compared.written.has(id));
  const rows = [...kept, ...compared.written.values()].toSorted((a, b) => messages.compare(a.id, b.id));
  const parts = partsOf(reading, ts, rows);
  const before = new Set(stored.flatMap(({ threadArtifact }) => threadArtifact ?? []));
  const now = new Set(parts.map(({ artifact }) => artifact.integrationArtifactId));
  return {
    items: parts.map(({ artifact }) => artifact),
    removed: [...before].filter((one) => !now.has(one)).map((one) => ({ key: one, state: "gone" as const })),
    failures: compared.failures,
    // A thread that is read for an answer to all is read again where it began: that is no listing gone round.
    cursor: { channel: channel.id, backTo: channel.backTo, thread: ts },
    save: async (tx) => {
      await saveUsers(tx, people);
      await messages.remove(tx, key, gone);
      await messages.save(tx, answers);
      await messages.change(tx, key, [ts], { threadPending: false });
      await messages.change(
        tx,
        key,
        stored.map(({ id }) => id),
        { threadArtifact: null },
      );
      for (const { artifact, all } of parts)
        await messages.change(tx, key, all, { threadArtifact: artifact.integrationArtifactId });
    },
  };
}

async function repliesOf(api: SlackApi, channel: string, ts: string): Promise<MessagesAnswer["messages"]> {
  try {
    return await api.replies(channel, ts);
  } catch (error) {
    // Deleted since the channel was read: nothing of it is left.
    if (error instanceof MissingError) return [];
    throw error;
  }
}

/** Threads that are rendered with one page. */
const THREADS = 25;

/** The channel's threads rendered again from what is stored, because names changed. */
export async function* threadsShownAgain(reading: Reading): ArtifactPages {
  const { db, channel } = reading;
  const key = keyOf(channel);
  for (const threads of batches(await readThreads(db, key), THREADS)) {
    const items: RenderedArtifact[] = [];
    for (const ts of threads)
      items.push(...partsOf(reading, ts, await threadOf(db, key, ts)).map(({ artifact }) => artifact));
    yield { items, cursor: { channel: channel.id, staleThread: threads.at(-1) ?? "" } };
  }
}

/** The artifacts of a thread, from what is stored of it or about to be. A thread without answers has none. */
export function partsOf(reading: Reading, ts: string, rows: readonly MessageRow[]) {
  const said = rows.filter((row) => row.said);
  if (said.every(({ id }) => id === ts)) return [];
  const lines = said.map(messages.store(reading.db, keyOf(reading.channel)).line);
  const byTs = new Map(said.map((row) => [row.id, row]));
  const begins = verdicts(lines, threadRule, { below: true, above: true });
  return conversationsOf(lines, begins, threadRule).map((part, index) => {
    const id = `slack:thread:${reading.channel.id}:${ts}${index === 0 ? "" : `:${part[0]?.id ?? ""}`}`;
    const all = part.map((line) => line.id);
    return {
      artifact: artifactOf(
        reading,
        id,
        all.flatMap((one) => byTs.get(one) ?? []),
        true,
      ),
      all,
    };
  });
}
