import { pairedBootstrap, type Difference } from "./bootstrap";
import { meanOf, type Figures, type QueryFigures } from "./figures";

/** One setting's figures over all runs, by run. */
export interface SettingResult {
  name: string;
  runs: Map<string, Map<string, QueryFigures>>;
}

type Rows = readonly (readonly (string | number)[])[];

/** A markdown table. */
export function table(head: readonly string[], rows: Rows): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The figures of one setting, a row a run, and their mean. Only what was asked `deep` has a recall at 100. */
export function figuresTable(
  result: SettingResult,
  { deep, plain }: { deep: boolean; plain?: SettingResult | undefined },
): string {
  const rows = [...result.runs].map(([run, figures]) => {
    const mean = meanOf([...figures.values()]);
    const floor = plain?.runs.get(run);
    return row(run, mean, deep, floor === undefined ? undefined : meanOf([...floor.values()]));
  });
  const means = [...result.runs.values()].map((figures) => meanOf([...figures.values()]).ndcg10);
  const mean = means.reduce((sum, value) => sum + value, 0) / Math.max(1, means.length);
  const head = ["collection", "questions", "nDCG@10", "R@10", "R@100", "MRR@10", "empty"];
  const blank = head.slice(3).map(() => "");
  const floorHead = plain === undefined ? [] : ["plain FTS5"];
  const last = ["**mean**", "", mean.toFixed(4), ...blank, ...floorHead.map(() => "")];
  return table([...head, ...floorHead], [...rows, last]);
}

function row(name: string, figures: Figures, deep: boolean, floor: Figures | undefined): (string | number)[] {
  return [
    name,
    figures.queries,
    figures.ndcg10.toFixed(3),
    figures.recall10.toFixed(3),
    deep ? figures.recall100.toFixed(3) : "–",
    figures.mrr10.toFixed(3),
    figures.empty,
    ...(floor === undefined ? [] : [floor.ndcg10.toFixed(3)]),
  ];
}

/** How far each other setting's nDCG@10 lies from the first's, run by run, with the range of a paired bootstrap. */
export function differencesTable(first: SettingResult, others: readonly SettingResult[]): string {
  const runs = [...first.runs.keys()];
  const rows = others.map((other) => {
    const differences = runs.map((run) => paired(first.runs.get(run), other.runs.get(run)));
    return [
      other.name,
      shown(pairedBootstrap(differences)),
      ...differences.map((list) => signed(mean(list))),
    ];
  });
  return table([`against ${first.name}`, "mean (95 %)", ...runs], rows);
}

function paired(
  first: ReadonlyMap<string, QueryFigures> | undefined,
  other: ReadonlyMap<string, QueryFigures> | undefined,
): number[] {
  return [...(first ?? [])].flatMap(([query, figures]) => {
    const changed = other?.get(query);
    return changed === undefined ? [] : [changed.ndcg10 - figures.ndcg10];
  });
}

/** Median and 95th percentile of each step, in milliseconds. */
export function timesTable(times: ReadonlyMap<string, readonly number[]>): string {
  const at = (sorted: readonly number[], share: number) =>
    (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);
  const rows = [...times].map(([step, all]) => {
    const sorted = [...all].sort((a, b) => a - b);
    return [step, at(sorted, 0.5), at(sorted, 0.95)];
  });
  return table(["step", "p50 ms", "p95 ms"], rows);
}

function shown({ mean: middle, low, high }: Difference): string {
  return `${signed(middle)} (${signed(low)} … ${signed(high)})`;
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(4)}`;
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
}
