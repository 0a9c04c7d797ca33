/**
 * `bun run bench:scale --cache DIR [--artifacts 33334,100000,333334] [--texts DIR] [--questions FILE] [--asked 150] [--slow 20]
 * [--write FILE]`:
 * the real server on folders of that many artifacts (about three chunks and a dozen vectors each), asked over MCP, and
 * its legs beside an exact scan in SQL and plain FTS5 over the same tables, in one run. `--texts` takes the paragraphs of
 * a folder's .txt and .md files in place of made-up ones, and `--questions` a file with a question a line. `--cache` keeps
 * the folders, which take minutes to make. Markdown goes to standard output, and with `--write` between the marks
 * `<!-- scale -->` of a file.
 */
import { statSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeBetween } from "../eval/write-between";
import { homeOf } from "./home";
import { measureLegs, type LegFigures } from "./in-process";
import { measureOverMcp, type McpFigures } from "./over-mcp";
import { questionsFrom } from "./questions";
import { paragraphsOf } from "./text";

const { values } = parseArgs({
  options: {
    artifacts: { type: "string", default: "33334,100000,333334" },
    cache: { type: "string", default: "./bench-cache" },
    texts: { type: "string" },
    questions: { type: "string" },
    asked: { type: "string", default: "150" },
    slow: { type: "string", default: "20" },
    write: { type: "string" },
  },
});

interface Measured {
  artifacts: number;
  diskMb: number;
  load: number;
  legs: LegFigures;
  mcp: McpFigures;
}

/** How much longer the whole search takes than in the first column, and of how many times the chunks. */
function growthOf({ legs, mcp }: Measured): string {
  const [first] = measured;
  if (first === undefined) return "";
  return `${(legs.chunks / first.legs.chunks).toFixed(1)} · ${(mcp.again[0] / first.mcp.again[0]).toFixed(1)}`;
}

const pair = ([p50, p95]: [number, number]) => `${p50.toFixed(1)} · ${p95.toFixed(1)}`;
const number = (value: number) => Math.round(value).toLocaleString("en");

const measured: Measured[] = [];

/** What is measured, and how it reads. */
const lines: readonly [string, (one: Measured) => string][] = [
  ["chunks", ({ legs }) => number(legs.chunks)],
  ["vectors in memory", ({ legs }) => number(legs.vectors)],
  ["database, MB", ({ diskMb }) => number(diskMb)],
  ["load of the machine", ({ load }) => load.toFixed(1)],
  ["over MCP, asked before: p50 · p95, ms", ({ mcp }) => pair(mcp.again)],
  ["chunks · time asked before, times the first column", growthOf],
  ["over MCP, for the first time: p50 · p95, ms", ({ mcp }) => pair(mcp.first)],
  ["a call that does next to nothing: p50 · p95, ms", ({ mcp }) => pair(mcp.plain)],
  [
    "searches a second, one client · eight",
    ({ mcp }) => `${mcp.alone.toFixed(0)} · ${mcp.together.toFixed(0)}`,
  ],
  ["`/healthz` while eight search: p99 · worst, ms", ({ mcp }) => pair(mcp.held)],
  ["vector leg: p50 · p95, ms", ({ legs }) => pair(legs.vectorMs)],
  ["exact scan in SQL of the passages' vectors, ms", ({ legs }) => number(legs.exactMs)],
  ["the same by the vector leg, times", ({ legs }) => number(legs.exactMs / legs.vectorMs[0])],
  ["the same by the whole search over MCP, times", ({ legs, mcp }) => number(legs.exactMs / mcp.again[0])],
  ["recall@10 of the vector leg", ({ legs }) => legs.recall.toFixed(3)],
  ["plain FTS5, any of the words, ms", ({ legs }) => number(legs.fts5Ms)],
  ["its ten best that are ours as well", ({ legs }) => legs.overlap.toFixed(3)],
  ["server ready · first answer, ms", ({ mcp }) => `${number(mcp.readyMs)} · ${number(mcp.firstAnswerMs)}`],
  ["memory once ready · after all questions, MB", ({ mcp }) => `${mcp.idleMb} · ${mcp.memoryMb}`],
];

const steps = ["vectors", "candidates", "words", "characters", "fuse", "present"] as const;
const paragraphs = paragraphsOf(values.texts);
const questions = questionsFrom(values.questions, Number(values.asked));
for (const artifacts of values.artifacts.split(",").map(Number)) {
  const started = performance.now();
  const tell = (what: string) =>
    console.error(`${number(artifacts)}: ${what}, ${number((performance.now() - started) / 1000)} s`);
  const home = await homeOf(artifacts, values.cache, paragraphs);
  tell("the folder is there");
  const path = join(home, "stoneturner.db");
  const load = loadavg()[0] ?? 0;
  const mcp = await measureOverMcp(home, questions);
  tell("asked over MCP");
  const legs = await measureLegs(path, questions, Number(values.slow));
  tell("measured in the process");
  measured.push({ artifacts, diskMb: statSync(path).size / 2 ** 20, load, legs, mcp });
}

const table = (rows: readonly string[][]) => rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const head = ["artifacts", ...measured.map(({ artifacts }) => number(artifacts))];
const rule = head.map(() => "---");
const stepRows = steps.map((step) => [
  step,
  ...measured.map(({ legs }) => (legs.steps.get(step) ?? 0).toFixed(1)),
]);
const text = [
  `${questions.length} questions; ${values.slow} of them for what takes long.`,
  table([head, rule, ...lines.map(([what, read]) => [what, ...measured.map(read)])]),
  "Time of each step in the process, ms at the median (every question was asked before):",
  table([["step", ...head.slice(1)], rule, ...stepRows]),
].join("\n\n");
console.log(text);
if (values.write !== undefined) writeBetween(values.write, "scale", text);
