/**
 * Search quality on collections of real questions, through the real index step and the real search function:
 *
 *   bun bench/eval/floor.ts [--collections ./collections] [--only slack-qa,cacm] [--queries 200]
 *
 * Exits with 1 when a collection falls below its floor: plain FTS5 with the porter tokenizer over the same chunks.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createSearch } from "@/core/services/search/search";
import { plainFullText } from "./baseline";
import { readCollection, type Collection } from "./collection";
import { figuresOf, type Figures } from "./figures";
import { loadCollection, type LoadedCollection } from "./load";

/** Measured before this search was built, in nDCG@10; where none is given it is computed in the same run. */
const floors: Readonly<Record<string, number>> = {
  "qmsum-meetings": 0.512,
  "qmsum-passages": 0.217,
  "qmsum-passages (filter)": 0.508,
  "locomo-sessions (filter)": 0.838,
  "locomo-turns (filter)": 0.508,
  "beam-100k (filter)": 0.501,
  "slack-qa": 0.48,
  "claude-docs": 0.805,
};

interface Row {
  name: string;
  figures: Figures;
  floor: number;
  p50: number;
  p95: number;
}

async function measure(loaded: LoadedCollection, collection: Collection, filtered: boolean): Promise<Row> {
  const search = createSearch({ db: loaded.open.db, registry: loaded.registry });
  const integrationOf = (query: string) => (filtered ? loaded.integrationOf(query) : undefined);
  const ranked = new Map<string, string[]>();
  const times: number[] = [];
  for (const { id, text } of collection.queries) {
    const started = performance.now();
    const { results } = await search({ query: text, limit: 50, integration: integrationOf(id) });
    times.push(performance.now() - started);
    ranked.set(
      id,
      results.map((hit) => hit.id),
    );
  }
  times.sort((a, b) => a - b);
  const name = filtered ? `${collection.name} (filter)` : collection.name;
  const plain = () => plainFullText(loaded.open.db, collection, integrationOf);
  const floor = floors[name] ?? figuresOf(collection, await plain()).ndcg10;
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return { name, figures: figuresOf(collection, ranked), floor, p50: at(0.5), p95: at(0.95) };
}

async function measureCollection(folder: string, name: string, most: number, work: string): Promise<Row[]> {
  const collection = readCollection(folder, name);
  const step = Math.max(1, Math.floor(collection.queries.length / most));
  collection.queries = collection.queries.filter((_, index) => index % step === 0);
  const loaded = await loadCollection(collection, work);
  try {
    const rows: Row[] = [];
    const hasFilter = collection.prefixes.size > 0;
    if (!hasFilter || floors[name] !== undefined) rows.push(await measure(loaded, collection, false));
    if (hasFilter) rows.push(await measure(loaded, collection, true));
    return rows;
  } finally {
    loaded.open.close();
  }
}

function print(row: Row): void {
  const { figures } = row;
  const verdict = figures.ndcg10 >= row.floor ? "" : "  BELOW";
  console.log(
    [
      row.name.padEnd(26),
      figures.ndcg10.toFixed(3),
      row.floor.toFixed(3),
      figures.recall10.toFixed(3),
      figures.mrr10.toFixed(3),
      String(figures.empty).padStart(5),
      row.p50.toFixed(1).padStart(6),
      row.p95.toFixed(1).padStart(6),
    ].join("  ") + verdict,
  );
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      collections: { type: "string", default: "./collections" },
      only: { type: "string" },
      queries: { type: "string", default: "100000" },
    },
  });
  if (!existsSync(values.collections)) {
    console.log(`Skipped: there are no collections in ${values.collections}.`);
    return 0;
  }
  const names = readdirSync(values.collections)
    .filter((name) => existsSync(join(values.collections, name, "corpus.jsonl")))
    .filter((name) => values.only === undefined || values.only.split(",").includes(name));
  const work = mkdtempSync(join(tmpdir(), "stoneturner-eval-"));
  console.log("collection                  nDCG   floor  R@10   MRR    empty  p50ms   p95ms");
  let failed = 0;
  try {
    for (const name of names) {
      for (const row of await measureCollection(values.collections, name, Number(values.queries), work)) {
        print(row);
        if (row.figures.ndcg10 < row.floor || row.figures.empty > 0) failed++;
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return failed === 0 ? 0 : 1;
}

process.exit(await main());
