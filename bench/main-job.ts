/**
 * The main job, measured on the real server process: start, sync a folder, search through MCP over HTTP, sync again
 * with nothing changed, start again. Beside it, in the same run, plain FTS5 over the same files as a yardstick.
 *
 *   bun bench/main-job.ts [--files 10000] [--queries 300]
 */
import { Database } from "bun:sqlite";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { openDatabase } from "@/core/db/open";
import { contentFingerprint } from "../test/support/invariants";
import { corpusOf, queriesOf } from "./corpus";
import { freePort, percentile, startServer, type ServerProcess } from "./server-process";
import { syncAndWait } from "./sync-and-wait";

const { values } = parseArgs({ options: { files: { type: "string" }, queries: { type: "string" } } });
const FILES = Number(values.files ?? 10_000);
const QUERIES = Number(values.queries ?? 300);

const root = mkdtempSync(join(tmpdir(), "stoneturner-bench-"));
const home = join(root, "home");
const folder = join(root, "folder");
mkdirSync(home);

function report(what: string, figure: string): void {
  console.log(`${what.padEnd(58)} ${figure}`);
}

async function searchTimes(server: ServerProcess, queries: readonly string[]): Promise<number[]> {
  const client = new Client({ name: "bench", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
  const times: number[] = [];
  for (const query of queries) {
    const started = performance.now();
    const answer = await client.callTool({ name: "semantic_search", arguments: { query } });
    times.push(performance.now() - started);
    if (answer.isError === true) throw new Error(`A search failed: ${JSON.stringify(answer.content)}`);
  }
  await client.close();
  return times;
}

function plainFullText(
  texts: readonly string[],
  queries: readonly string[],
): { seconds: number; times: number[] } {
  const database = new Database(join(root, "plain.db"));
  const started = performance.now();
  database.run("PRAGMA journal_mode = WAL");
  database.run("CREATE VIRTUAL TABLE plain USING fts5(body, tokenize='porter unicode61')");
  const insert = database.prepare("INSERT INTO plain (body) VALUES (?)");
  database.transaction(() => texts.forEach((text) => insert.run(text)))();
  const seconds = (performance.now() - started) / 1000;
  const select = database.prepare("SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10");
  const times = queries.map((query) => {
    const from = performance.now();
    select.all(
      query
        .split(/\W+/)
        .filter(Boolean)
        .map((word) => `"${word}"`)
        .join(" OR "),
    );
    return performance.now() - from;
  });
  database.close();
  return { seconds, times };
}

try {
  const documents = corpusOf(FILES, 300);
  for (const [index, text] of documents.entries()) {
    const directory = join(folder, `part-${index % 100}`);
    if (index < 100) mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, `document-${index}.md`), text);
  }
  const queries = queriesOf(QUERIES);
  console.log(`${FILES} files of 300 words, ${QUERIES} questions; Bun ${Bun.version}\n`);

  let server = await startServer(home, await freePort());
  report("start with an empty data folder, to ready", `${server.startMs.toFixed(0)} ms`);
  report("memory, idle and empty", `${server.memoryMb()} MB`);
  await fetch(`${server.url}/api/integrations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ integration: "Files", options: { path: folder } }),
  });
  const first = await syncAndWait(server, "/api/sync/files");
  if (first.run.state !== "succeeded")
    throw new Error(`The sync ended as ${first.run.state}: ${first.run.error}`);
  report(
    "fetch → searchable",
    `${(FILES / first.seconds).toFixed(0)} artifacts/s (${first.seconds.toFixed(1)} s)`,
  );
  report("memory after the sync", `${server.memoryMb()} MB`);

  const yardstick = plainFullText(documents, queries);
  report("  plain FTS5 insert of the same texts", `${(FILES / yardstick.seconds).toFixed(0)} documents/s`);
  report("  everything we do costs, times plain FTS5", `× ${(first.seconds / yardstick.seconds).toFixed(1)}`);

  await searchTimes(server, queries.slice(0, 20));
  const times = await searchTimes(server, queries);
  report("search through MCP over HTTP, p50 / p95", `${percentile(times, 50)} / ${percentile(times, 95)} ms`);
  report(
    "  plain FTS5 in process (no snippets, no HTTP), p50 / p95",
    `${percentile(yardstick.times, 50)} / ${percentile(yardstick.times, 95)} ms`,
  );

  const fingerprint = async () => {
    const open = openDatabase(join(home, "stoneturner.db"));
    const print = await contentFingerprint(open.db);
    open.close();
    return print;
  };
  const before = await fingerprint();
  const again = await syncAndWait(server, "/api/sync/updates/files");
  const writes =
    (await fingerprint()) === before ? 0 : again.run.inserted + again.run.updated + again.run.deleted;
  report(
    "unchanged re-sync",
    `${(FILES / again.seconds).toFixed(0)} items/s (${again.seconds.toFixed(2)} s)`,
  );
  report("  writes to artifacts and index", `${writes}`);
  await server.stop();

  server = await startServer(home, await freePort());
  const from = performance.now();
  await searchTimes(server, queries.slice(0, 1));
  report("start on this data folder, to ready", `${server.startMs.toFixed(0)} ms`);
  report("  and on to the first answer", `${(performance.now() - from).toFixed(0)} ms`);
  report("memory, idle with the corpus", `${server.memoryMb()} MB`);
  report(
    "database on disk",
    `${(readFileSync(join(home, "stoneturner.db")).byteLength / 1e6).toFixed(0)} MB`,
  );
  await server.stop();
} finally {
  rmSync(root, { recursive: true, force: true });
}
