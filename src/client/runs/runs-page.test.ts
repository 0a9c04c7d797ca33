import { expect, test } from "bun:test";
import type { SyncRun } from "@/core/models/sync";
import { failedRun, failedTask, run } from "../../../test/browser/fixtures";
import { taskSubject } from "./failed-tasks";
import { mergeRuns } from "./runs-page";

const at = (id: string, minute: number, state: SyncRun["state"]) =>
  run({ id, state, createdAt: `2026-05-03T12:0${minute}:00.000Z` });
const live = (...runs: SyncRun[]) => new Map(runs.map((one) => [one.id, one]));

test("pushed runs take the place of stored ones, newest first", () => {
  const merged = mergeRuns(
    [at("old", 1, "running"), failedRun],
    live(at("old", 1, "succeeded"), at("new", 5, "running")),
  );
  expect(merged.find((one) => one.id === "old")?.state).toBe("succeeded");
  expect(merged.findIndex((one) => one.id === "new")).toBeLessThan(
    merged.findIndex((one) => one.id === "old"),
  );
});

test("ended runs that are not listed stay unlisted", () => {
  expect(mergeRuns([], live(at("gone", 1, "succeeded")))).toEqual([]);
});

test("a failed task says what it was about", () => {
  expect(taskSubject({ ...failedTask, inputs: { path: "a.pdf", page: 3, deep: { no: 1 } } })).toBe(
    "path a.pdf, page 3",
  );
  expect(taskSubject({ ...failedTask, inputs: {} })).toBe("");
});
