/**
 * How long hostile queries take on an index of your own, beside ordinary ones:
 *
 *   bun bench/hostile-queries.ts DATABASE [--rounds 5]
 *
 * Reads the database alone. Each is asked first of an index of which nothing was read for another one than a warm-up, as
 * after a start; then the median of the rounds counts.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { openReader } from "@/core/db/open";
import { InputError } from "@/core/models/errors";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { createRegistry } from "@/core/services/registry";
import { createSearch } from "@/core/services/search/search";
import { VectorsInUse } from "@/core/services/search/vectors/vectors-in-use";
import { table } from "./eval/report";

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string", default: "5" } },
  allowPositionals: true,
});
const [path] = positionals;
if (path === undefined) throw new Error("Name a database: bun bench/hostile-queries.ts DATABASE");

const many = (count: number, word: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => word(index)).join(" ");
const queries: [name: string, query: string][] = [
  ["a question", "how do I rotate the signing keys"],
  ["another", "why did the database run out of connections"],
  ["six mistyped words", "databse conection kubernets deploymnt rotaton signng"],
  ["stop words, 20", "what are the of and to in is it for on with as by at from this that was were"],
  ["stop words, 10,000 characters", "the of and to in is ".repeat(500)],
  ["punctuation", "?!… ".repeat(2_500)],
  ["operators of FTS5", 'NEAR( "keys AND OR NOT title: * ^ ('.repeat(280)],
  ["open quotes", '"'.repeat(10_000)],
  ["emoji", "🙂👩‍👩‍👧🔥".repeat(700)],
  ["NUL", "key\0s ".repeat(1_600)],
  ["seven scripts", "北京 договор عقد छुट्टी ลา schlüssel 휴가를 ".repeat(200)],
  ["unknown words, 1,400", many(1_400, (index) => `w${index}x`)],
  ["one word of 10,000 letters", "a".repeat(10_000)],
  ["5,000 terms", many(5_000, (index) => `term${index}`)],
  ["1 MB", "keys ".repeat(200_000)],
];

interface Asked {
  ms: number;
  /** What came of it. */
  outcome: string;
}

/** A search that has read what a server reads before anybody asks, and asked itself a question. */
async function opened(database: string) {
  const { db, close } = openReader(database);
  const vectors = new VectorsInUse({ db, embedderOf: () => inlineEmbedder, path: `${database}-vectors` });
  await vectors.maintain();
  const search = createSearch({
    db,
    registry: createRegistry([], []),
    vectors: vectors.current,
    prepare: () => Promise.resolve(),
  });
  await search({ query: "When did it change?", limit: 1 });
  const ask = async (query: string): Promise<Asked> => {
    const started = performance.now();
    const outcome = await search({ query }).then(
      ({ results }) => `${results.length} results`,
      (error: unknown) => {
        if (error instanceof InputError) return "refused";
        throw error;
      },
    );
    return { ms: performance.now() - started, outcome };
  };
  return { db, close, ask };
}

const rows: (string | number)[][] = [];
for (const [name, query] of queries) {
  const { ask, close } = await opened(path);
  const first = await ask(query);
  const times: number[] = [];
  for (let round = 0; round < Number(values.rounds); round++) times.push((await ask(query)).ms);
  close();
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  rows.push([name, first.ms.toFixed(1), median.toFixed(1), first.outcome]);
}
const { db } = await opened(path);
const [chunks] = await db.raw.all("SELECT count(*) AS count FROM searchChunk");
console.log(
  `${String(chunks?.["count"])} chunks, ${cpus().length} processors, load ${(loadavg()[0] ?? 0).toFixed(1)}\n`,
);
console.log(table(["query", "first ms", "median ms", "outcome"], rows));
process.exit(0);
