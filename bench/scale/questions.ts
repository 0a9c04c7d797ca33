import { readFileSync } from "node:fs";
import { queriesOf } from "../corpus";

/** Questions of a file, one a line, or made-up ones: at most `count`, taken evenly. */
export function questionsFrom(path: string | undefined, count: number): string[] {
  if (path === undefined) return queriesOf(count);
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const step = Math.max(1, Math.floor(lines.length / count));
  return lines.filter((_, at) => at % step === 0).slice(0, count);
}

/** The value below which a share of the times lies. */
export function share(times: readonly number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}
