import { expect, test } from "bun:test";
import type { SyncRun } from "@/core/models/sync";
import type { Cli } from "./context";
import { barLine, createProgress, describeEnd } from "./sync-progress";

const run = (fields: Partial<SyncRun> = {}): SyncRun => ({
  id: "r",
  integration: "Files",
  account: "Notes",
  mode: "full",
  trigger: "cli",
  state: "running",
  stage: "reading files",
  expected: 10,
  seen: 5,
  inserted: 3,
  updated: 1,
  unchanged: 1,
  deleted: 0,
  skipped: 0,
  failed: 0,
  resumes: 0,
  parkedUntil: null,
  createdAt: "2026-05-01T09:00:00.000Z",
  startedAt: "2026-05-01T09:00:00.000Z",
  finishedAt: null,
  error: null,
  cause: null,
  ...fields,
});

/** Where a progress is shown, and what it showed. */
function screen(interactive: boolean) {
  const notes: string[] = [];
  const drawn: string[] = [];
  const cli: Pick<Cli, "interactive" | "columns" | "note" | "draw"> = {
    interactive,
    columns: 60,
    note: (line) => void notes.push(line),
    draw: (text) => void drawn.push(text),
  };
  return { cli, notes, drawn };
}

test("the bar shows the share that is done, and only the count where the source does not say how many", () => {
  expect(barLine(run())).toBe(`Files Notes  [${"#".repeat(12)}${"-".repeat(12)}]  5 of 10  reading files`);
  expect(barLine(run({ seen: 20 }))).toContain("#".repeat(24));
  expect(barLine(run({ expected: null }))).toBe("Files Notes  5 items  reading files");
});

test("on a terminal one line is redrawn, never wider than the terminal, and removed at the end", () => {
  const { cli, notes, drawn } = screen(true);
  const progress = createProgress(cli);
  progress.show([run({ account: "a".repeat(200) })]);
  progress.end();
  expect(drawn).toHaveLength(2);
  expect(Bun.stringWidth(drawn[0] ?? "")).toBeLessThan(60);
  expect(drawn[1]).toBe("\r\u001b[K");
  expect(notes).toEqual([]);
});

test("elsewhere there is a line when the stage changes and every five seconds, no control characters", () => {
  const { cli, notes, drawn } = screen(false);
  let now = 10_000;
  const progress = createProgress(cli, () => now);
  progress.show([run()]);
  progress.show([run({ seen: 6 })]);
  now += 5_000;
  progress.show([run({ seen: 7 })]);
  progress.show([run({ stage: "indexing" })]);
  progress.show([run({ state: "succeeded" })]);
  progress.end();
  expect(notes).toEqual([
    "Files Notes: reading files, 5 of 10 read",
    "Files Notes: reading files, 7 of 10 read",
    "Files Notes: indexing, 5 of 10 read",
  ]);
  expect(drawn).toEqual([]);
});

test("the end of a run is one line with its counts, its time and its reason", () => {
  const finishedAt = "2026-05-01T09:00:01.500Z";
  expect(describeEnd(run({ state: "succeeded", finishedAt }))).toBe(
    "Files Notes: succeeded in 1.5 s: 3 new, 1 changed, 0 removed, 1 unchanged.",
  );
  expect(describeEnd(run({ state: "failed", failed: 2, skipped: 1, error: "No\nway." }))).toBe(
    "Files Notes: failed: 3 new, 1 changed, 0 removed, 1 unchanged, 1 left out, 2 failed. No way.",
  );
  expect(describeEnd(run({ state: "parked", parkedUntil: "2026-05-01T10:00:00Z" }))).toContain(
    "parked until 2026-05-01T10:00:00Z",
  );
});
