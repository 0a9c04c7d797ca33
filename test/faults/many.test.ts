/** A source with very many items: case 69 of the list. `bench/hundred-thousand.ts` measures the same with full texts. */
import { expect, test } from "bun:test";
import { mdArtifacts, syncItem, syncSeen } from "@/core/db/schema";
import { createIntegration } from "@/core/services/sync/create-integration";
import type { Page } from "@/core/services/sync/stream";
import { testApp } from "@test/app";

const ITEMS = 100_000;
const PAGE = 500;
/** Every so many items there is one with a text; the others have nothing to show. */
const TEXT_EACH = 100;
const MEGABYTE = 1024 ** 2;

/** Items are made as they are asked for, so that what is remembered is what the engine remembers. */
function endlessShelf(onPage: (page: number) => Promise<void>) {
  const page = (from: number): Page<number> => ({
    items: Array.from({ length: PAGE }, (_, index) => from + index),
    cursor: from + PAGE,
  });
  return createIntegration({
    config: { integration: "Endless", icon: "", integrationType: "API_KEY" },
    streams: () => [
      {
        name: "items",
        enumerates: ["full"],
        key: (item) => String(item),
        version: () => "1",
        render: (item) =>
          Number(item) % TEXT_EACH === 0
            ? {
                integrationArtifactId: `i${String(item)}`,
                kind: "document",
                title: `Item ${String(item)}`,
                markdown: `Crane ${String(item)}.`,
              }
            : null,
        async *pages({ cursor }) {
          for (let from = Number(cursor ?? 0); from < ITEMS; from += PAGE) {
            await onPage(from / PAGE);
            yield page(from);
          }
        },
      },
    ],
  });
}

test("case 69: 100,000 items are taken in bounded memory, and others get their turn all the while", async () => {
  const heaps: number[] = [];
  let turns = 0;
  let others = 0;
  const integration = endlessShelf(async (page) => {
    if (page % 40 !== 39) return;
    Bun.gc(true);
    heaps.push(process.memoryUsage().heapUsed / MEGABYTE);
    const before = turns;
    expect((await app.search({ query: "crane" })).results.length).toBeGreaterThan(0);
    expect(before - others).toBeGreaterThan(10);
    others = before;
  });
  await using app = await testApp({ integrations: [integration] });
  const sync = async () => {
    const [started] = await app.runner.start({ integration: "Endless", mode: "full", trigger: "manual" });
    return app.runner.wait(started?.runId ?? "");
  };
  // Somebody else's work: it gets on between any two pages.
  const other = setInterval(() => turns++, 0);
  const texts = ITEMS / TEXT_EACH;
  expect(await sync()).toMatchObject({
    state: "succeeded",
    seen: ITEMS,
    inserted: texts,
    skipped: ITEMS - texts,
  });
  clearInterval(other);
  expect(await app.db.$count(syncItem)).toBe(ITEMS);
  expect(await app.db.$count(mdArtifacts)).toBe(texts);
  expect(await app.db.$count(syncSeen)).toBe(0);
  const [first = 0] = heaps;
  expect(heaps).toHaveLength(5);
  expect((heaps.at(-1) ?? 0) - first).toBeLessThan(20);
}, 120_000);
