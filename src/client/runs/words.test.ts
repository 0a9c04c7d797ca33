import { describe, expect, test } from "bun:test";
import type { SyncRun } from "@/core/models/sync";
import {
  changeWords,
  count,
  progressWords,
  endedAnnouncement,
  resultWords,
  runAnnouncement,
  runState,
  stageWords,
  triggerWords,
} from "./words";

const run: SyncRun = {
  id: "r1",
  integration: "Files",
  account: "notes",
  mode: "incremental",
  trigger: "manual",
  state: "running",
  stage: "sync-data",
  expected: null,
  resumes: 0,
  parkedUntil: null,
  createdAt: "2026-05-03T12:00:00.000Z",
  startedAt: null,
  finishedAt: null,
  error: null,
  cause: null,
  seen: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  skipped: 0,
  failed: 0,
};

describe("words for runs", () => {
  test("count one and many", () => {
    expect([count(1, "artifact"), count(1204, "artifact"), count(2, "waits", "wait")]).toEqual([
      "1 artifact",
      "1,204 artifacts",
      "2 wait",
    ]);
  });

  test("tell stages as what happens", () => {
    expect(["sync-data", "parse", "index-vector", "tidy", null, ""].map(stageWords)).toEqual([
      "Reading",
      "Finding key points",
      "Indexing",
      "tidy",
      "Starting",
      "Starting",
    ]);
  });

  test("tell what changed, and only that", () => {
    expect(changeWords({ ...run, inserted: 1200, deleted: 1, failed: 2 })).toBe(
      "1,200 new, 1 removed, 2 failed",
    );
    expect(changeWords({ ...run, unchanged: 1 })).toBe("nothing new in 1 item");
    expect(changeWords(run)).toBe("nothing new");
  });

  test("of a run that did not get to read do not say that there is nothing new", () => {
    expect(resultWords({ ...run, state: "failed" })).toBe("nothing was read");
    expect(resultWords({ ...run, state: "failed", unchanged: 40 })).toBe("nothing new in 40 items");
    expect(resultWords({ ...run, state: "succeeded" })).toBe("nothing new");
    expect(resultWords({ ...run, state: "queued" })).toBe("not begun");
    expect(resultWords({ ...run, seen: 3 })).toBe("Reading, 3 read");
  });

  test("tell how far a run is, with an end only when it is known and right", () => {
    expect(progressWords({ ...run, seen: 120, expected: 300 })).toBe("120 of 300 read");
    expect(progressWords({ ...run, seen: 120 })).toBe("120 read");
    expect(progressWords({ ...run, seen: 400, expected: 300 })).toBe("400 read");
  });

  test("say each stage and each end", () => {
    expect(runAnnouncement(run)).toBe("Files: Reading.");
    expect(runAnnouncement({ ...run, state: "succeeded", inserted: 2 })).toBe("Files: sync done, 2 new.");
    expect(runAnnouncement({ ...run, state: "failed", error: "No room." })).toBe("Files: failed. No room.");
    expect(runAnnouncement({ ...run, state: "cancelled" })).toBe("Files: cancelled.");
    const parked = { ...run, state: "parked", stage: "parked", error: "The source asks to wait." } as const;
    expect(runAnnouncement(parked)).toBe("Files: waiting, and goes on by itself. The source asks to wait.");
    expect(runAnnouncement({ ...parked, stage: "paused", error: null })).toBe("Files: paused.");
  });

  test("the syncs of one source that ended together are one line", () => {
    const done = { ...run, state: "succeeded" as const, inserted: 0, updated: 2, unchanged: 0 };
    expect(endedAnnouncement([done])).toBe(runAnnouncement(done));
    const failed = { ...done, updated: 0, state: "failed" as const, error: "The folder is gone." };
    expect(endedAnnouncement([done, done, failed])).toBe(
      "Files: 3 syncs ended (2 done, 1 failed), 4 updated. The folder is gone.",
    );
  });

  test("name states and triggers", () => {
    expect(runState({ ...run, state: "parked" }).text).toBe("Waiting");
    expect(triggerWords({ ...run, trigger: "mcp" })).toBe("by an agent");
  });
});
