/** Renders a channel's conversations and threads again from what is stored, because names changed. Asks for nothing. */
import type { RenderedArtifact } from "@/core/models/artifact";
import type { Page } from "@/core/services/sync/stream";
import { batches } from "@/lib/batches";
import { messages, readThreads, threadOf } from "../db/messages";
import { updateChannel } from "../db/queries";
import { conversationsIn, keyOf, type Reading } from "./message-page";
import { partsOf } from "./thread-pages";

/** Messages, and threads, that are rendered with one page, about. */
const STRETCH = 500;
const THREADS = 25;
const nothing = { written: new Map(), deleted: new Set<string>() };

export async function* stalePages(reading: Reading): AsyncGenerator<Page<RenderedArtifact>, void, undefined> {
  const { db, channel } = reading;
  const key = keyOf(channel);
  for (let from = "0"; ;) {
    const rows = await messages.store(db, key).beside("above", from, STRETCH);
    const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
    if (first === undefined || last === undefined) break;
    const { items } = await conversationsIn(reading, [{ from: first, to: last }], nothing);
    yield { items, cursor: { channel: channel.id, stale: from } };
    from = last;
  }
  for (const threads of batches(await readThreads(db, key), THREADS)) {
    const items: RenderedArtifact[] = [];
    for (const ts of threads)
      items.push(...partsOf(reading, ts, await threadOf(db, key, ts)).map(({ artifact }) => artifact));
    yield { items, cursor: { channel: channel.id, staleThread: threads.at(-1) ?? "" } };
  }
  yield {
    items: [],
    cursor: { channel: channel.id, stale: "done" },
    save: (tx) => updateChannel(tx, channel, { stale: false }),
  };
}
