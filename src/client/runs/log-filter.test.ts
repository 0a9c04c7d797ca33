import { expect, test } from "bun:test";
import type { LogLine } from "@/core/models/system";
import { matchingLines, restOf, toLevel } from "./log-filter";

const line = (level: LogLine["level"], message: string, rest: Record<string, unknown> = {}): LogLine => ({
  time: "2026-05-03T09:05:07.000Z",
  level,
  message,
  runId: "run-1",
  ...rest,
});
const lines = [
  line("debug", "Asked for a page.", { cursor: "p7" }),
  line("warn", "A file could not be read.", { path: "contracts/2024.pdf" }),
  line("error", "The source does not answer."),
];

test("lines are chosen by their least level and by what their message or fields hold", () => {
  expect(matchingLines(lines, "debug", "")).toEqual(lines);
  expect(matchingLines(lines, "warn", " ")).toEqual(lines.slice(1));
  expect(matchingLines(lines, "debug", " 2024.PDF ")).toEqual(lines.slice(1, 2));
  expect(matchingLines(lines, "error", "2024")).toEqual([]);
});

test("further fields are shown, and what every line has is not", () => {
  expect(restOf(lines[0] ?? line("info", ""))).toBe('cursor="p7"');
  expect(restOf(line("info", "", { integration: "Files" }))).toBe("");
});

test("what is no level means all", () => {
  expect([toLevel("warn"), toLevel("loud"), toLevel("")]).toEqual(["warn", "debug", "debug"]);
});
