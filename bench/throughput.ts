/**
 * A first sync of many files, watched from outside: how fast, how much processor time, how long the server was ever
 * busy with itself (the worst answer to `/healthz`, asked each 10 ms), how its memory grows; then a start on what is
 * there.
 *
 *   bun bench/throughput.ts [--files 10000,30000,100000]
 */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { corpusOf, queriesOf } from "./corpus";
import { freePort, percentile, startServer, type ServerProcess } from "./server-process";
import { syncAndWait } from "./sync-and-wait";

const { values } = parseArgs({ options: { files: { type: "string" } } });
const sizes = (values.files ?? "10000").split(",").map(Number);
const POLL_MS = 10;
/** Until the working thread has ended and memory that is not needed was given back. */
const SETTLE_MS = 12_000;

function report(what: string, figure: string): void {
  console.log(`  ${what.padEnd(52)} ${figure}`);
}

/** Asks for `/healthz` again and again until stopped; the times of the answers, in milliseconds. */
function watchAnswers(server: ServerProcess): { stop: () => Promise<number[]> } {
  const times: number[] = [];
  const over = new AbortController();
  const asking = (async () => {
    while (!over.signal.aborted) {
      const from = performance.now();
      await (await fetch(`${server.url}/healthz`)).text();
      times.push(performance.now() - from);
      await Bun.sleep(POLL_MS);
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await asking;
      return times;
    },
  };
}

function writeFolder(folder: string, files: number): void {
  for (const [index, text] of corpusOf(files, 300).entries()) {
    const directory = join(folder, `part-${Math.floor(index / 100)}`);
    if (index % 100 === 0) mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `document-${index}.md`), text);
  }
}

async function measure(root: string, files: number): Promise<void> {
  const [home, folder] = [join(root, "home"), join(root, "folder")];
  mkdirSync(home);
  writeFolder(folder, files);
  console.log(`${files} files of 300 words; Bun ${Bun.version}`);
  const server = await startServer(home, await freePort());
  report("start with an empty data folder, to ready", `${server.startMs.toFixed(0)} ms`);
  report("memory, idle and empty", `${server.memoryMb()} MB`);
  await fetch(`${server.url}/api/integrations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ integration: "Files", options: { path: folder } }),
  });
  const cpu = server.cpuSeconds();
  const watch = watchAnswers(server);
  const { run, seconds } = await syncAndWait(server, "/api/sync/files");
  const answers = await watch.stop();
  if (run.state !== "succeeded") throw new Error(`The sync ended as ${run.state}: ${run.error}`);
  const used = ((server.cpuSeconds() - cpu) / files) * 1000;
  report("fetch → searchable", `${(files / seconds).toFixed(0)} artifacts/s (${seconds.toFixed(1)} s)`);
  report("  processor time an artifact, all threads", `${used.toFixed(2)} ms`);
  report(
    "  /healthz meanwhile, p50 / p99 / worst",
    `${percentile(answers, 50)} / ${percentile(answers, 99)} / ${percentile(answers, 100)} ms`,
  );
  report("memory after the sync", `${server.memoryMb()} MB`);
  await Bun.sleep(SETTLE_MS);
  report("memory, settled", `${server.memoryMb()} MB`);
  const again = await syncAndWait(server, "/api/sync/updates/files");
  report("unchanged re-sync", `${(files / again.seconds).toFixed(0)} items/s`);
  await server.stop();
  await measureStart(home);
  report("database on disk", `${(statSync(join(home, "stoneturner.db")).size / 1e6).toFixed(0)} MB`);
}

async function measureStart(home: string): Promise<void> {
  const server = await startServer(home, await freePort());
  const from = performance.now();
  const answer = await fetch(`${server.url}/api/search`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: queriesOf(1)[0] }),
  });
  await answer.text();
  report("start on this data folder, to ready", `${server.startMs.toFixed(0)} ms`);
  report("  and on to the first answer", `${(performance.now() - from).toFixed(0)} ms (${answer.status})`);
  await Bun.sleep(SETTLE_MS);
  report("memory, idle with the corpus", `${server.memoryMb()} MB`);
  await server.stop();
}

for (const files of sizes) {
  const root = mkdtempSync(join(tmpdir(), "stoneturner-bench-"));
  try {
    await measure(root, files);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
