/**
 * Very many items of 300 words from a provider over HTTP that answers at once: how fast they become searchable, whether
 * memory stays flat after the first fifth, and how long other requests take meanwhile.
 *
 * Whoever asks shares the machine with the server. The provider's pages are bytes before the clock starts. `/healthz` is
 * asked each 25 ms, and one search begins each 250 ms, as of a team at work; `--search-each 0` has them follow each other
 * without a pause. What provider and asker took themselves is told as well.
 *
 * Search keeps its index in memory, which grows by right; with `--no-search` nobody asks, so that the sync alone is seen.
 *
 *   bun bench/many-items.ts [--items 100000] [--search-each 250 | --no-search]
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { startedSyncSchema } from "@/core/models/api";
import { syncRunSchema, type SyncRun } from "@/core/models/sync";
import { corpusOf, queriesOf } from "./corpus";
import { asStarted, percentile } from "./server-process";

const { values } = parseArgs({
  options: {
    items: { type: "string", default: "100000" },
    "search-each": { type: "string", default: "250" },
    "no-search": { type: "boolean", default: false },
  },
});
const ITEMS = Number(values.items);
const SEARCH_EACH_MS = Number(values["search-each"]);
const HEALTH_EACH_MS = 25;
const LOOK_EACH_MS = 250;
const READY_MS = 2_000;
const PAGE = 100;
/** Texts that are made; each item adds its own number to one of them. */
const TEXTS = 5_000;

/** Pages by the number of their first item. */
function pagesOf(): Map<string, Uint8Array<ArrayBuffer>> {
  const texts = corpusOf(Math.min(ITEMS, TEXTS), 300);
  const pages = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let from = 0; from < ITEMS; from += PAGE) {
    const to = Math.min(ITEMS, from + PAGE);
    const items = Array.from({ length: to - from }, (_, at) => {
      const number = from + at;
      return {
        id: `item-${number}`,
        version: "1",
        text: `${texts[number % texts.length]}\n\nNumber ${number}.`,
      };
    });
    const page = JSON.stringify({ items, next: to < ITEMS ? to : null });
    pages.set(String(from), new TextEncoder().encode(page));
  }
  return pages;
}

const pages = pagesOf();
const provider = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request) => {
    const page = pages.get(new URL(request.url).searchParams.get("from") ?? "0");
    return new Response(page, { headers: { "content-type": "application/json" } });
  },
});

/** Least-squares slope of memory over items, in MB for 10,000 items. */
function slope(samples: readonly { seen: number; mb: number }[]): number {
  const mean = (pick: (sample: { seen: number; mb: number }) => number) =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
  const [seen, mb] = [mean((sample) => sample.seen), mean((sample) => sample.mb)];
  const over = samples.reduce((sum, sample) => sum + (sample.seen - seen) * (sample.mb - mb), 0);
  const under = samples.reduce((sum, sample) => sum + (sample.seen - seen) ** 2, 0);
  return under === 0 ? 0 : (over / under) * 10_000;
}

const home = mkdtempSync(join(tmpdir(), "stoneturner-many-"));
const child = Bun.spawn(
  [process.execPath, resolve(import.meta.dir, "many-items-server.ts"), provider.url.origin],
  {
    env: {
      ...asStarted,
      STONETURNER_HOME: home,
      PORT: "0",
      LOG_LEVEL: "warn",
      ALLOWED_PRIVATE_HOSTS: provider.url.host,
    },
    stdout: "pipe",
    stderr: "inherit",
  },
);
const memoryMb = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024;
/** Processor time of all the server's threads, in seconds. */
function cpuSeconds(): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Sends a request whenever `each` milliseconds are over since the one before began, or it ended if that is later. */
async function keepAsking(each: number, over: AbortSignal, ask: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  while (!over.aborted) {
    const from = performance.now();
    await ask();
    const took = performance.now() - from;
    times.push(took);
    await Bun.sleep(Math.max(0, each - took));
  }
  return times;
}

const answerSchema = z.object({ timings: z.record(z.string(), z.number()) });
/** Milliseconds of each step of the searches that were made meanwhile. */
const steps = new Map<string, number[]>();

async function search(url: string, query: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query });
  const answer = await fetch(new URL("/api/search", url), { method: "POST", headers, body });
  const { timings } = answerSchema.parse(await answer.json());
  for (const [step, time] of Object.entries(timings)) {
    const times = steps.get(step) ?? [];
    times.push(time);
    steps.set(step, times);
  }
}

const report = (what: string, figure: string) => console.log(`  ${what.padEnd(48)} ${figure}`);
const three = (times: readonly number[]) =>
  `${percentile(times, 50)} / ${percentile(times, 99)} / ${percentile(times, 100)} ms`;

try {
  const reader = child.stdout.getReader();
  const url = new TextDecoder().decode((await reader.read()).value).trim();
  // As whoever starts a sync finds it: the program is loaded, has answered before, and was ready for as long as it takes
  // to press a button.
  while (!(await fetch(new URL("/readyz", url))).ok) await Bun.sleep(10);
  await Bun.sleep(READY_MS);
  const queries = queriesOf(200);
  const memory: { seen: number; mb: number }[] = [];
  const own = process.cpuUsage();
  const from = performance.now();
  const answer = await fetch(new URL("/api/sync/many", url), { method: "POST" });
  const { runId } = startedSyncSchema.parse(await answer.json());
  const over = new AbortController();
  let run: SyncRun | undefined;
  let asked = 0;
  const [health, searches, looks] = await Promise.all([
    keepAsking(HEALTH_EACH_MS, over.signal, async () => {
      await (await fetch(new URL("/healthz", url))).text();
    }),
    values["no-search"]
      ? []
      : keepAsking(SEARCH_EACH_MS, over.signal, () => search(url, queries[asked++ % queries.length] ?? "")),
    keepAsking(LOOK_EACH_MS, over.signal, async () => {
      run = syncRunSchema.parse(await (await fetch(new URL(`/api/runs/${runId}`, url))).json());
      memory.push({ seen: run.seen, mb: memoryMb() });
      if (run.finishedAt !== null) over.abort();
    }),
  ]);
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(own);
  if (run?.state !== "succeeded") throw new Error(`The sync ended as ${run?.state}: ${run?.error}`);
  const later = memory.filter(({ seen }) => seen > ITEMS / 5);
  console.log(
    `${ITEMS} items of 300 words over HTTP; Bun ${Bun.version}; load ${loadavg()[0]?.toFixed(1)} at the end`,
  );
  report("fetch → searchable", `${(ITEMS / seconds).toFixed(0)} artifacts/s (${seconds.toFixed(0)} s)`);
  report("/healthz meanwhile, p50 / p99 / worst", three(health));
  report("the run's row, asked of the database, likewise", three(looks));
  report("  processor time an item, all threads", `${((cpuSeconds() / ITEMS) * 1000).toFixed(2)} ms`);
  report("  of whoever asks, and the provider", `${((user + system) / 1000 / ITEMS).toFixed(2)} ms`);
  if (!values["no-search"])
    report(`${searches.length} searches meanwhile, p50 / p99 / worst`, three(searches));
  for (const [step, times] of steps) report(`  ${step}`, three(times));
  const at = (share: number) => memory.find(({ seen }) => seen >= ITEMS * share)?.mb.toFixed(0) ?? "?";
  report("memory at 10, 20, 40, 60, 80, 100 %", `${[0.1, 0.2, 0.4, 0.6, 0.8, 1].map(at).join(", ")} MB`);
  report("  growth after the first fifth", `${slope(later).toFixed(1)} MB for 10,000 items`);
} finally {
  child.kill("SIGTERM");
  await child.exited;
  await provider.stop(true);
  rmSync(home, { recursive: true, force: true });
}
