import { readFileSync } from "node:fs";
import { z } from "zod";
import type { SettingResult } from "./report";

const figure = z.number();
const keptSchema = z.object({
  name: z.string(),
  runs: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ ndcg10: figure, recall10: figure, recall100: figure, mrr10: figure, empty: figure }),
    ),
  ),
});

/** A setting's figures as JSON: by run, by question. */
export function keptResult({ name, runs }: SettingResult): string {
  const byRun = [...runs].map(([run, figures]) => [run, Object.fromEntries(figures)] as const);
  return JSON.stringify({ name, runs: Object.fromEntries(byRun) });
}

/** Reads what `keptResult` wrote. @throws ZodError for anything else. */
export function readResult(path: string): SettingResult {
  const { name, runs } = keptSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  return {
    name,
    runs: new Map(Object.entries(runs).map(([run, figures]) => [run, new Map(Object.entries(figures))])),
  };
}
