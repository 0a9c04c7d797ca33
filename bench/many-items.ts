/**
 * Very many items of 300 words from a provider over HTTP that answers at once: how fast they become searchable, whether
 * memory stays flat after the first fifth, and how long other requests take meanwhile.
 *
 * Search keeps its index in memory, which grows by right; with `--no-search` nobody asks, so that the sync alone is seen.
 *
 *   bun bench/many-items.ts [--items 100000] [--no-search]
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { startedSyncSchema } from "@/core/models/api";
import { syncRunSchema, type SyncRun } from "@/core/models/sync";
import { corpusOf, queriesOf } from "./corpus";
import { percentile } from "./server-process";

const { values } = parseArgs({
  options: { items: { type: "string", default: "100000" }, "no-search": { type: "boolean", default: false } },
});
const ITEMS = Number(values.items);
const PAGE = 100;
/** Texts that are made; each item adds its own number to one of them. */
const TEXTS = 5_000;
const POLL_MS = 25;
const SEARCH_EACH = 10;

const texts = corpusOf(Math.min(ITEMS, TEXTS), 300);
const provider = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request) => {
    const from = Number(new URL(request.url).searchParams.get("from") ?? 0);
    const to = Math.min(ITEMS, from + PAGE);
    const items = Array.from({ length: to - from }, (_, at) => {
      const number = from + at;
      return {
        id: `item-${number}`,
        version: "1",
        text: `${texts[number % texts.length]}\n\nNumber ${number}.`,
      };
    });
    return Response.json({ items, next: to < ITEMS ? to : null });
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
      ...process.env,
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

async function timed(request: () => Promise<Response>): Promise<number> {
  const from = performance.now();
  await (await request()).text();
  return performance.now() - from;
}

const answerSchema = z.object({ timings: z.record(z.string(), z.number()) });
/** Milliseconds of each step of the searches that were made meanwhile. */
const steps = new Map<string, number[]>();

async function search(url: string, query: string): Promise<Response> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query });
  const answer = await fetch(new URL("/api/search", url), { method: "POST", headers, body });
  const { timings } = answerSchema.parse(await answer.clone().json());
  for (const [step, time] of Object.entries(timings)) steps.set(step, [...(steps.get(step) ?? []), time]);
  return answer;
}

const report = (what: string, figure: string) => console.log(`  ${what.padEnd(48)} ${figure}`);
const three = (times: readonly number[]) =>
  `${percentile(times, 50)} / ${percentile(times, 99)} / ${percentile(times, 100)} ms`;

try {
  const reader = child.stdout.getReader();
  const url = new TextDecoder().decode((await reader.read()).value).trim();
  const queries = queriesOf(200);
  const health: number[] = [];
  const searches: number[] = [];
  const memory: { seen: number; mb: number }[] = [];
  const from = performance.now();
  const answer = await fetch(new URL("/api/sync/many", url), { method: "POST" });
  const { runId } = startedSyncSchema.parse(await answer.json());
  let run: SyncRun | undefined;
  for (let look = 0; (run?.finishedAt ?? null) === null; look++) {
    health.push(await timed(() => fetch(new URL("/healthz", url))));
    if (look % SEARCH_EACH === 0) {
      const query = queries[look % queries.length] ?? "";
      if (!values["no-search"]) searches.push(await timed(() => search(url, query)));
      run = syncRunSchema.parse(await (await fetch(new URL(`/api/runs/${runId}`, url))).json());
      memory.push({ seen: run.seen, mb: memoryMb() });
    }
    await Bun.sleep(POLL_MS);
  }
  const seconds = (performance.now() - from) / 1000;
  if (run?.state !== "succeeded") throw new Error(`The sync ended as ${run?.state}: ${run?.error}`);
  const later = memory.filter(({ seen }) => seen > ITEMS / 5);
  console.log(`${ITEMS} items of 300 words over HTTP; Bun ${Bun.version}`);
  report("fetch → searchable", `${(ITEMS / seconds).toFixed(0)} artifacts/s (${seconds.toFixed(0)} s)`);
  report("/healthz meanwhile, p50 / p99 / worst", three(health));
  if (!values["no-search"]) report("search meanwhile, p50 / p99 / worst", three(searches));
  report("  processor time an item, all threads", `${((cpuSeconds() / ITEMS) * 1000).toFixed(2)} ms`);
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
