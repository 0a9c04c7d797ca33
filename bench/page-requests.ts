/**
 * What the web page asks of a server, on a data folder of your own, and how long the server answered nobody else meanwhile:
 *
 *   bun bench/page-requests.ts HOME [--rounds 3]
 *
 * Starts the real server on the folder (a migration that is due is made). The median of the rounds counts, after one
 * that fills the caches. `/healthz` is asked each 2 ms; its longest wait over all rounds counts.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { z } from "zod";
import { table } from "./eval/report";
import { freePort, percentile, startServer } from "./server-process";

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "3" } },
  allowPositionals: true,
});
const [home] = positionals;
if (home === undefined) throw new Error("Name a data folder: bun bench/page-requests.ts HOME");

const listSchema = z.object({ artifacts: z.array(z.object({ id: z.string() })), total: z.number() });

const server = await startServer(home, await freePort());
try {
  const { artifacts, total } = listSchema.parse(await (await fetch(`${server.url}/api/artifacts`)).json());
  const artifact = `/api/artifact/${encodeURIComponent(artifacts[0]?.id ?? "")}`;
  const end = Math.max(0, total - 200);
  const paths = [
    "/api/overview",
    "/api/integrations",
    "/api/system",
    "/metrics",
    "/api/artifacts",
    `/api/artifacts?offset=${end}&limit=200`,
    "/api/artifacts?sortBy=title&sortOrder=asc",
    "/api/artifacts?sortBy=artifactDate",
    "/api/artifacts?kind=document&sortBy=title",
    "/api/artifacts?search=customer",
    "/api/artifacts?search=nothing%20of%20the%20kind",
    artifact,
    `${artifact}/passages`,
    `${artifact}/related`,
    "/api/runs",
    "/api/audit",
  ];
  const rows: string[][] = [];
  for (const path of paths)
    rows.push([path.replace(artifact, "/api/artifact/{id}"), ...(await timesOf(path))]);
  console.log(`${total} artifacts, load ${loadavg()[0]?.toFixed(1) ?? ""}\n`);
  console.log(table(["request", "ms", "first, ms", "others waited, ms"], rows));
} finally {
  await server.stop();
}

/** Median and first time of a request, and the longest wait of `/healthz` beside it. */
async function timesOf(path: string): Promise<string[]> {
  const times: number[] = [];
  let longest = 0;
  for (let round = 0; round <= Number(values.rounds); round++) {
    const probe = watch();
    const started = performance.now();
    const answer = await fetch(server.url + path);
    if (!answer.ok) throw new Error(`${path} is answered with ${answer.status}.`);
    await answer.arrayBuffer();
    times.push(performance.now() - started);
    longest = Math.max(longest, await probe.stop());
  }
  const [first = 0, ...later] = times;
  return [percentile(later, 50), first.toFixed(1), longest.toFixed(1)];
}

/** Asks `/healthz` until it is stopped. */
function watch(): { stop: () => Promise<number> } {
  const stopped = new AbortController();
  const done = longestWait(stopped.signal);
  return {
    stop: () => {
      stopped.abort();
      return done;
    },
  };
}

async function longestWait(stopped: AbortSignal): Promise<number> {
  let longest = 0;
  while (!stopped.aborted) {
    const asked = performance.now();
    await (await fetch(`${server.url}/healthz`)).arrayBuffer();
    longest = Math.max(longest, performance.now() - asked);
    await Bun.sleep(2);
  }
  return longest;
}
