import { expect, test } from "bun:test";
import type { LogLine } from "@/core/models/system";
import { histogram, linesWithin, spanOf } from "./log-histogram";

const line = (second: number, level: LogLine["level"] = "info"): LogLine => ({
  time: new Date(Date.UTC(2026, 3, 14, 9, 0, second)).toISOString(),
  level,
  message: `at ${second}`,
});
const lines = [line(0), line(9, "error"), line(1, "warn"), line(5), line(10)];

test("lines are counted by their part of the time, in any order", () => {
  const span = spanOf(lines);
  if (span === undefined) throw new Error("There is a span.");
  expect(span.to - span.from).toBe(10_000);
  expect(histogram(lines, span, 2)).toEqual([
    { calm: 1, warn: 1, error: 0 },
    { calm: 2, warn: 0, error: 1 },
  ]);
  expect(linesWithin(lines, span, [0, 100])).toHaveLength(5);
  expect(linesWithin(lines, span, [40, 95]).map(({ message }) => message)).toEqual(["at 9", "at 5"]);
});

test("one moment and no line at all are no trouble", () => {
  expect(spanOf([])).toBeUndefined();
  const span = spanOf([line(3), line(3)]);
  if (span === undefined) throw new Error("There is a span.");
  expect(histogram([line(3), line(3)], span, 3).map(({ calm }) => calm)).toEqual([2, 0, 0]);
  expect(linesWithin([line(3)], span, [0, 100])).toHaveLength(1);
});
