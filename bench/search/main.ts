/**
 * `bun run bench:search [--sizes 10000,100000] [--texts FOLDER --questions FILE] [--queries 100] [--in-memory 20000] [--write FILE]`: the
 * product's vector leg beside an exact scan and other ways to search the same chunks, in one run. Peers that keep everything in
 * memory are left out above so many chunks as `--in-memory` says. `--texts` takes the paragraphs of a folder's
 * .md and .txt files, embedded by the table that comes with the program, and `--questions` a file with a question a line;
 * without them, text is made up and its vectors are of hashed words. Markdown tables go to standard output, and
 * with `--write` between the marks `<!-- peers -->` of a file.
 */
import { mkdtempSync, rmSync, statSync, readdirSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeBetween } from "../eval/write-between";
import { chunksOf, embedderFor, questionsOf } from "./corpus";
import { lanceDb, miniSearch, orama, sqliteVec } from "./optional-peers";
import { ours } from "./ours";
import { exactScan, plainFts5, type BenchChunk, type Peer } from "./peers";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000" },
    texts: { type: "string" },
    questions: { type: "string" },
    queries: { type: "string", default: "100" },
    "in-memory": { type: "string", default: "20000" },
    write: { type: "string" },
  },
});
const printed: string[] = [];

function say(line: string): void {
  console.log(line);
  printed.push(line);
}

/** Peers that keep everything in memory are left out above this: Orama takes some 67 kB a chunk. */
const mostInMemory = Number(values["in-memory"]);

function isInMemory({ name }: Peer): boolean {
  return name === "MiniSearch" || name === "Orama";
}

interface Row {
  name: string;
  buildS: number;
  memoryMb: number;
  diskMb: number;
  p50: number;
  p95: number;
  recall: number | undefined;
}

async function measure(
  peer: Peer,
  chunks: readonly BenchChunk[],
  truth: Map<string, number[]>,
): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), "stoneturner-bench-search-"));
  try {
    Bun.gc(true);
    const before = process.memoryUsage.rss();
    const started = performance.now();
    await peer.build(chunks, folder);
    const buildS = (performance.now() - started) / 1000;
    const times: number[] = [];
    const recalls: number[] = [];
    for (const query of questions) {
      const at = performance.now();
      const found = await peer.search(query);
      times.push(performance.now() - at);
      if (peer.name === "exact scan in SQL") truth.set(query.text, found);
      const expected = truth.get(query.text) ?? [];
      if (peer.kind === "vectors")
        recalls.push(expected.filter((id) => found.includes(id)).length / Math.max(1, expected.length));
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
    return {
      name: peer.name,
      buildS,
      memoryMb: (process.memoryUsage.rss() - before) / 2 ** 20,
      diskMb: sizeOf(folder) / 2 ** 20,
      p50: at(0.5),
      p95: at(0.95),
      recall:
        peer.kind === "vectors" ? recalls.reduce((sum, value) => sum + value, 0) / recalls.length : undefined,
    };
  } finally {
    peer.close?.();
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function print({ name, buildS, memoryMb, diskMb, p50, p95, recall }: Row): void {
  const cells = [buildS.toFixed(1), memoryMb.toFixed(0), diskMb.toFixed(0), p50.toFixed(2), p95.toFixed(2)];
  say(`| ${name} | ${cells.join(" | ")} | ${recall === undefined ? "" : recall.toFixed(3)} |`);
}

/** Why a peer is left out, with what it would take if it grew as its chunks do. */
function notRun(peer: Peer, size: number): string {
  const known = rows.findLast(({ name }) => name === peer.name);
  if (known === undefined) return `not run: kept in memory, above ${mostInMemory} chunks`;
  const times = size / known.size;
  const [seconds, memory] = [known.buildS, known.memoryMb].map((one) => Math.round(one * times));
  return `not run: ${seconds} s to build and ${memory} MB if it grew as the chunks do`;
}

const rows: (Row & { size: number })[] = [];
const source = { texts: values.texts, questions: values.questions };
const questions = await questionsOf(Number(values.queries), source);
say(`${questions.length} questions.`);
for (const size of values.sizes.split(",").map(Number)) {
  const chunks = await chunksOf(size, source);
  say(`\n${chunks.length} chunks, load ${loadavg()[0]?.toFixed(1)}\n`);
  say("| what | build s | memory MB | disk MB | p50 ms | p95 ms | recall@10 |");
  say("| --- | --- | --- | --- | --- | --- | --- |");
  const truth = new Map<string, number[]>();
  const own = ours(embedderFor(source));
  for (const make of [exactScan, () => own, plainFts5, sqliteVec, lanceDb, miniSearch, orama]) {
    let peer: Peer;
    try {
      peer = make();
    } catch {
      say(`| (not installed: \`npm install --prefix bench/search\`) |  |  |  |  |  |  |`);
      continue;
    }
    if (size > mostInMemory && isInMemory(peer)) {
      say(`| ${peer.name} | ${notRun(peer, size)} |  |  |  |  |  |`);
      continue;
    }
    const row = await measure(peer, chunks, truth);
    rows.push({ ...row, size });
    print(row);
  }
}
if (values.write !== undefined) writeBetween(values.write, "peers", printed.join("\n"));
