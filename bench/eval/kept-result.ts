import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { QueryFigures } from "./figures";
import type { SettingResult } from "./report";

const figure = z.number();
const runsSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({ ndcg10: figure, recall10: figure, recall100: figure, mrr10: figure, empty: figure }),
  ),
);
const keptSchema = z.object({
  name: z.string(),
  runs: runsSchema,
  plain: runsSchema.default({}),
  times: z.record(z.string(), z.array(figure)).default({}),
});

type Runs = SettingResult["runs"];

/** All that was measured of one setting: figures by run, by question, also those of plain full text; times by step. */
export interface Measured {
  result: SettingResult;
  plain: SettingResult;
  times: Map<string, number[]>;
}

/** What was measured, as JSON. */
export function keptResult({ result, plain, times }: Measured): string {
  const rounded = [...times].map(([step, list]) => [step, list.map((time) => Number(time.toFixed(2)))]);
  return JSON.stringify({
    name: result.name,
    runs: objectOf(result.runs),
    plain: objectOf(plain.runs),
    times: Object.fromEntries(rounded),
  });
}

/** Reads what `keptResult` wrote. @throws ZodError for anything else. */
export function readResult(path: string): Measured {
  const { name, runs, plain, times } = keptSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  return {
    result: { name, runs: runsOf(runs) },
    plain: { name: "plain FTS5", runs: runsOf(plain) },
    times: new Map(Object.entries(times)),
  };
}

/** What an interrupted evaluation left in a file; nothing where there is none. */
export function resumed(path: string | undefined, name: string): Measured {
  if (path !== undefined && existsSync(path)) return readResult(path);
  return {
    result: { name, runs: new Map() },
    plain: { name: "plain FTS5", runs: new Map() },
    times: new Map(),
  };
}

function objectOf(runs: Runs): Record<string, Record<string, QueryFigures>> {
  return Object.fromEntries([...runs].map(([run, figures]) => [run, Object.fromEntries(figures)]));
}

function runsOf(runs: Record<string, Record<string, QueryFigures>>): Runs {
  return new Map(Object.entries(runs).map(([run, figures]) => [run, new Map(Object.entries(figures))]));
}
