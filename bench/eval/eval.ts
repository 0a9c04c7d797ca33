/**
 * Search quality on collections of real questions, through the real index and the real search:
 *
 *   bun run eval FOLDER… [--only a,b] [--queries 200] [--cache DIR] [--ablate] [--compare SETTING]…
 *                [--plain] [--shallow] [--report FILE] [--write FILE] [--json FILE] [--resume] [--against FILE]
 *
 * A folder is a collection, or holds collections; without one it is `./collections`. `--cache` keeps the built indexes for the next run. `--ablate` leaves out each leg in turn. `--compare` takes a JSON
 * file, or JSON, with weights that differ from the default. `--plain` adds plain FTS5 over the same chunks, and exits
 * with 1 where the search falls below it or finds nothing. `--shallow` leaves out recall at 100, which asks each question
 * twice. `--write` puts the tables between the marks `<!-- eval -->` of a markdown file. `--json` keeps each question's figures after every collection; with `--resume`, collections that such a file
 * holds are not measured again. `--against` compares with such a file, which an earlier build of the program wrote.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { defaultWeights } from "@/core/services/search/weights";
import { ask, type Run } from "./ask";
import { plainFullText } from "./baseline";
import { readCollection } from "./collection";
import { figuresByQuery, meanOf } from "./figures";
import { keptResult, readResult, resumed } from "./kept-result";
import { loadCollection } from "./load";
import { localEmbedders } from "./local-embedders";
import { differencesTable, figuresTable, timesTable, type SettingResult } from "./report";
import { ablations, settingFrom, type Setting } from "./settings";
import { writeBetween } from "./write-between";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    collections: { type: "string" },
    only: { type: "string" },
    queries: { type: "string", default: "100000" },
    cache: { type: "string" },
    ablate: { type: "boolean", default: false },
    compare: { type: "string", multiple: true, default: [] },
    plain: { type: "boolean", default: false },
    shallow: { type: "boolean", default: false },
    report: { type: "string" },
    write: { type: "string" },
    json: { type: "string" },
    resume: { type: "boolean", default: false },
    against: { type: "string" },
    // `local:…` embeds with a model on this machine, not the program's table; its runtime may be in the models folder.
    model: { type: "string" },
    "models-folder": { type: "string", default: "./models" },
  },
});

/** Another embedding model than the one that comes with the program. */
const chosen =
  values.model === undefined
    ? undefined
    : { model: values.model, embedders: localEmbedders(values["models-folder"]) };

const settings: Setting[] = [
  { name: "default", weights: defaultWeights },
  ...values.compare.map(settingFrom),
  ...(values.ablate ? ablations() : []),
];
// Of other settings nothing is kept.
const before = values.resume && settings.length === 1 ? values.json : undefined;
const { result: first, plain, times } = resumed(before, "default");
const results: SettingResult[] = [first, ...settings.slice(1).map(({ name }) => ({ name, runs: new Map() }))];

async function measure(run: Run): Promise<void> {
  for (const [index, { weights }] of settings.entries()) {
    const outcome = await ask(run, weights, !values.shallow && index === 0);
    results[index]?.runs.set(run.name, outcome.figures);
    for (const [step, list] of outcome.times) {
      // Of other settings than the first, the whole is enough.
      if (index > 0 && step !== "total") continue;
      const row = index === 0 ? step : `${step}, ${settings[index]?.name}`;
      times.set(row, [...(times.get(row) ?? []), ...list]);
    }
  }
  const integrationOf = (query: string) => (run.filtered ? run.loaded.integrationOf(query) : undefined);
  if (values.plain) {
    const found = await plainFullText(run.loaded.open.db, run.collection, integrationOf);
    plain.runs.set(run.name, figuresByQuery(run.collection, found));
  }
  const { ndcg10 } = meanOf([...(first.runs.get(run.name)?.values() ?? [])]);
  console.error(`${run.name}: ${ndcg10.toFixed(3)}`);
}

/** All questions of a collection; where they have filters, once with and once without. */
async function measureCollection(path: string, cache: string): Promise<void> {
  const name = basename(path);
  const collection = readCollection(dirname(path), name);
  const filtered = `${name} (filter)`;
  const wanted = collection.prefixes.size > 0 ? [name, filtered] : [name];
  if (wanted.every((run) => first.runs.has(run))) return;
  const step = Math.max(1, Math.floor(collection.queries.length / Number(values.queries)));
  collection.queries = collection.queries.filter((_, index) => index % step === 0);
  const loaded = await loadCollection(collection, cache, chosen);
  try {
    await measure({ name, collection, loaded, filtered: false });
    if (collection.prefixes.size > 0) await measure({ name: filtered, collection, loaded, filtered: true });
  } finally {
    loaded.open.close();
  }
}

function report(): string {
  const others = results.slice(1);
  const earlier = values.against === undefined ? undefined : readResult(values.against).result;
  const parts = [
    `${values.queries === "100000" ? "All" : `Up to ${values.queries}`} questions a collection, taken evenly.\n`,
    figuresTable(first, { deep: !values.shallow, plain: values.plain ? plain : undefined }),
    ...(others.length === 0 ? [] : ["\n## Settings compared, nDCG@10\n", differencesTable(first, others)]),
    ...(earlier === undefined
      ? []
      : ["\n## Since the earlier build, nDCG@10\n", differencesTable(earlier, [first])]),
    `\n## Time a question\n\nProcessors: ${cpus().length}; load when it ended: ${(loadavg()[0] ?? 0).toFixed(1)}.\n`,
    timesTable(times),
  ];
  return `${parts.join("\n")}\n`;
}

/** The collections that a folder is or holds. */
function collectionsIn(folder: string): string[] {
  const isCollection = (path: string) => existsSync(join(path, "corpus.jsonl"));
  const path = resolve(folder);
  if (isCollection(path)) return [path];
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .toSorted()
    .map((name) => join(path, name))
    .filter(isCollection);
}

async function main(): Promise<number> {
  const folders = [...(values.collections === undefined ? [] : [values.collections]), ...positionals];
  const paths = (folders.length === 0 ? ["./collections"] : folders)
    .flatMap(collectionsIn)
    .filter((path) => values.only === undefined || values.only.split(",").includes(basename(path)));
  if (paths.length === 0) {
    console.log("There are no collections there: nothing measured.");
    return 0;
  }
  const cache = values.cache ?? mkdtempSync(join(tmpdir(), "stoneturner-eval-"));
  mkdirSync(cache, { recursive: true });
  try {
    for (const path of paths) {
      await measureCollection(path, cache);
      if (values.json !== undefined) writeFileSync(values.json, keptResult({ result: first, plain, times }));
    }
  } finally {
    await chosen?.embedders.close();
    if (values.cache === undefined) rmSync(cache, { recursive: true, force: true });
  }
  const text = report();
  console.log(`# Search quality\n\n${text}`);
  if (values.report !== undefined) writeFileSync(values.report, `# Search quality\n\n${text}`);
  // Under a heading of the page's own.
  if (values.write !== undefined) writeBetween(values.write, "eval", text.replaceAll(/^## /gm, "### "));
  return failures() === 0 ? 0 : 1;
}

/** Runs in which the search found less than plain full text, or nothing for a question. */
function failures(): number {
  return [...first.runs].filter(([run, figures]) => {
    const own = meanOf([...figures.values()]);
    const floor = plain.runs.get(run);
    return own.empty > 0 || (floor !== undefined && own.ndcg10 < meanOf([...floor.values()]).ndcg10);
  }).length;
}

process.exit(await main());
