/** The legs one by one beside an exact scan in SQL and plain FTS5, over the same tables. */
import { Database } from "bun:sqlite";
import { openReader } from "@/core/db/open";
import type { Db } from "@/core/models/database";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { createRegistry } from "@/core/services/registry";
import { parseQuery } from "@/core/services/search/query";
import { createSearch } from "@/core/services/search/search";
import { IndexStatistics } from "@/core/services/search/statistics";
import type { WantedTerm } from "@/core/services/search/text/text-index";
import { BitVectors } from "@/core/services/search/vectors/bit-vectors";
import { product } from "@/core/services/search/vectors/stored-cosines";
import { share } from "./questions";

const everything = { sql: "a.live = 1", parameters: [], narrows: false };
const hits = 10;
/** Equal up to rounding. */
const slack = 1e-6;

export interface LegFigures {
  chunks: number;
  vectors: number;
  exactMs: number;
  fts5Ms: number;
  vectorMs: [number, number];
  recall: number;
  /** Milliseconds of each step of a search at the median. */
  steps: Map<string, number>;
  /** Ten best of full text that are among FTS5's own ten best of the whole disjunction. */
  overlap: number;
}

interface Scanned {
  milliseconds: number;
  cosines: number[];
}

/** Every passage's vector read from SQLite and compared: the ten largest cosines. */
function exactScan(path: string, query: Float32Array): Scanned {
  const database = new Database(path, { readonly: true });
  const started = performance.now();
  let best: number[] = [];
  const rows = database.query<{ vector: Uint8Array }, []>("SELECT vector FROM contentEmbedding").iterate();
  for (const { vector } of rows) {
    const cosine = product(query, new Float32Array(vector.buffer, vector.byteOffset, query.length));
    if (best.length === hits && cosine <= (best.at(-1) ?? -1)) continue;
    best = [...best, cosine].sort((a, b) => b - a).slice(0, hits);
  }
  const milliseconds = performance.now() - started;
  database.close();
  return { milliseconds, cosines: best };
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

function searchOf(db: Db, statistics: IndexStatistics, vectors: BitVectors) {
  const config = { integration: "Files", icon: "", integrationType: "API_KEY" as const };
  const source = { config, sync: nothing, syncUpdates: nothing, deleteSync: nothing };
  return createSearch({
    db,
    registry: createRegistry([config], [source]),
    vectors: { vectors, embedder: inlineEmbedder },
    statistics,
    prepare: nothing,
  });
}

/** FTS5's own ten best of any of the words, and how long that took. */
async function plainFts5(db: Db, stems: readonly string[]): Promise<{ ids: number[]; milliseconds: number }> {
  const started = performance.now();
  const rows = await db.raw.all(
    `SELECT rowid AS id FROM searchText WHERE searchText MATCH ? ORDER BY bm25(searchText, 2.0, 1.0, 1.0) LIMIT ${hits}`,
    [stems.map((stem) => `"${stem}"`).join(" OR ")],
  );
  return { ids: rows.map((row) => Number(row["id"])), milliseconds: performance.now() - started };
}

/** A question's terms that the index has, the rarest first. */
async function termsOf(statistics: IndexStatistics, question: string, total: number): Promise<WantedTerm[]> {
  const stems = parseQuery(question).terms.map(({ stem }) => stem);
  const frequencies = await statistics.documentFrequencies(stems, total);
  return stems
    .map((stem, at) => ({ stem, frequency: frequencies[at] ?? 0, count: 1 }))
    .filter(({ frequency }) => frequency > 0)
    .sort((a, b) => a.frequency - b.frequency);
}

/** `slow` questions are put to what takes long. */
export async function measureLegs(
  path: string,
  questions: readonly string[],
  slow: number,
): Promise<LegFigures> {
  const { db, close } = openReader(path);
  const vectors = new BitVectors({ db }, { model: inlineEmbedder.id, dimension: inlineEmbedder.dimension });
  await vectors.maintain();
  const statistics = new IndexStatistics(db);
  const search = searchOf(db, statistics, vectors);
  const { chunks: total } = await statistics.current();
  const lists = { exact: [] as number[], fts5: [] as number[], leg: [] as number[] };
  const shares = { recall: [] as number[], overlap: [] as number[] };
  const steps = new Map<string, number[]>();
  for (const question of questions) {
    await search({ query: question });
    while (await statistics.text.readAhead());
  }
  for (const [at, question] of questions.entries()) {
    const { timings } = await search({ query: question });
    for (const [step, time] of Object.entries(timings)) steps.set(step, [...(steps.get(step) ?? []), time]);
    const [query] = await inlineEmbedder.embed([question], "query");
    if (query === undefined) continue;
    const started = performance.now();
    const { chunks } = await vectors.candidates(query, everything, hits, []);
    lists.leg.push(performance.now() - started);
    if (at >= slow) continue;
    const scan = exactScan(path, query);
    lists.exact.push(scan.milliseconds);
    const limit = (scan.cosines.at(-1) ?? 1) - slack;
    shares.recall.push(chunks.filter(({ cosine }) => cosine >= limit).length / hits);
    const text = await textLegs(db, statistics, question, total);
    if (text === undefined) continue;
    lists.fts5.push(text.milliseconds);
    shares.overlap.push(text.overlap);
  }
  close();
  return {
    chunks: total,
    vectors: vectors.count,
    exactMs: share(lists.exact, 0.5),
    fts5Ms: share(lists.fts5, 0.5),
    vectorMs: [share(lists.leg, 0.5), share(lists.leg, 0.95)],
    recall: mean(shares.recall),
    overlap: mean(shares.overlap),
    steps: new Map([...steps].map(([step, times]) => [step, share(times, 0.5)])),
  };
}

/** FTS5's time for a question, and the share of its ten that our own text leg finds; undefined where no word is known. */
async function textLegs(db: Db, statistics: IndexStatistics, question: string, total: number) {
  const used = await termsOf(statistics, question, total);
  if (used.length === 0) return undefined;
  const stems = used.map(({ stem }) => stem);
  const plain = await plainFts5(db, stems);
  const { chunks } = await statistics.text.chunks(used, everything, hits, total);
  const both = chunks.filter(({ id }) => plain.ids.includes(id)).length;
  return { milliseconds: plain.milliseconds, overlap: both / Math.max(1, plain.ids.length) };
}

const mean = (list: readonly number[]) =>
  list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
