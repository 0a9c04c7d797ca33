import { describe, expect, test } from "bun:test";
import { appendRunLog } from "@/core/db/queries/run-log";
import { lastSuccesses, runTotals } from "@/core/db/queries/run-totals";
import { upsertSyncTask } from "@/core/db/queries/tasks";
import { syncLogLine, syncRun, syncTask } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { clearHistory } from "./clear-history";

const NOW = new Date("2026-06-01T00:00:00.000Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString();

/** A run that ended `days` ago and inserted one item. */
async function run(db: Db, id: string, days: number, fields: Partial<typeof syncRun.$inferInsert> = {}) {
  const none = { updated: 0, unchanged: 0, deleted: 0, skipped: 0, failed: 0, resumes: 0 };
  await db.insert(syncRun).values({
    id,
    integration: "Files",
    account: "a",
    mode: "incremental",
    trigger: "schedule",
    state: "succeeded",
    seen: 1,
    inserted: 1,
    ...none,
    confirmDeletions: false,
    createdAt: daysAgo(days),
    finishedAt: daysAgo(days),
    ...fields,
  });
}

async function task(db: Db, id: string, runId: string | undefined, fields: Record<string, unknown> = {}) {
  const base = { id, integration: "Files", account: "a", step: "sync-data", status: "SUCCESS" as const };
  await upsertSyncTask(db, { ...base, ...(runId === undefined ? {} : { runId }), ...fields });
}

const runIds = async (db: Db) =>
  (await db.select({ id: syncRun.id }).from(syncRun)).map((row) => row.id).sort();
const taskIds = async (db: Db) =>
  (await db.select({ id: syncTask.id }).from(syncTask)).map((row) => row.id).sort();

describe("the history of syncs", () => {
  test("is kept by age, with the newest and the newest good run whatever their age", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await run(db, "ancient", 400);
    await run(db, "good", 300);
    await run(db, "failed", 200, { state: "failed", error: "x" });
    await run(db, "interrupted", 150, { state: "interrupted" });
    await run(db, "newest", 100, { state: "failed", error: "x" });
    await run(db, "other account", 365, { account: "b" });
    const lines = ["ancient", "good"].map((runId) => ({ runId, line: "{}" }));
    await appendRunLog(db, lines, { lines: 10, characters: 1_000 });
    expect(await clearHistory(db, { days: 90, runs: 200 }, NOW)).toEqual({ runs: 2, tasks: 0 });
    expect(await runIds(db)).toEqual(["good", "interrupted", "newest", "other account"]);
    const logs = await db.select({ runId: syncLogLine.runId }).from(syncLogLine);
    expect(logs.map((row) => row.runId)).toEqual(["good"]);
    expect(await clearHistory(db, { days: 90, runs: 200 }, NOW)).toEqual({ runs: 0, tasks: 0 });
  });

  test("is kept by count, an account at a time, also when it goes in many batches", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (let index = 0; index < 450; index++) {
      await run(db, `a${index}`, 1 + index / 100);
      if (index < 5) await run(db, `b${index}`, 1 + index / 100, { account: "b" });
    }
    expect(await clearHistory(db, { days: 90, runs: 20 }, NOW)).toMatchObject({ runs: 430 });
    const left = await runIds(db);
    expect(left).toHaveLength(25);
    expect(left).toEqual(expect.arrayContaining(["a0", "a19", "b4"]));
  });

  test("goes with its tasks, but an item that failed and was not taken since keeps its own", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await run(db, "old", 100);
    await run(db, "new", 1);
    await task(db, "done", "old");
    await task(db, "the run failed", "old", { status: "FAILED", step: "sync", error: "x" });
    await task(db, "open", "old", { status: "FAILED", error: "x", inputs: { item: "a.md" } });
    await task(db, "recent", "new");
    await clearHistory(db, { days: 90, runs: 200 }, NOW);
    expect(await taskIds(db)).toEqual(["open", "recent"]);
  });

  test("old settled tasks without a run go too; recent and failed ones stay", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    for (let index = 0; index < 210; index++) await task(db, `closed ${index}`, "a run long gone");
    await task(db, "never had one", undefined);
    await task(db, "broken", undefined, { status: "FAILED", error: "x" });
    await db.update(syncTask).set({ updateDate: daysAgo(91) });
    await task(db, "fresh", undefined);
    expect(await clearHistory(db, { days: 90, runs: 200 }, NOW)).toEqual({ runs: 0, tasks: 211 });
    expect(await taskIds(db)).toEqual(["broken", "fresh"]);
  });

  test("stops between two batches when it is told to", async () => {
    await using database = await temporaryDatabase();
    await run(database.db, "old", 100);
    await run(database.db, "new", 1);
    const stopped = clearHistory(database.db, { days: 90, runs: 200 }, NOW, AbortSignal.abort());
    await expect(stopped).rejects.toThrow();
    expect(await runIds(database.db)).toEqual(["new", "old"]);
  });
});

test("totals stay what they were when the history is cleared, and add up with what comes", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await run(db, "one", 300);
  await run(db, "two", 200, { state: "failed", error: "x", inserted: 0, failed: 1 });
  await run(db, "three", 1, { deleted: 4 });
  const before = await runTotals(db);
  expect(before).toMatchObject({
    Files: { outcomes: { succeeded: 2, failed: 1 }, items: { inserted: 2, deleted: 4, failed: 1 } },
  });
  expect((await clearHistory(db, { days: 90, runs: 200 }, NOW)).runs).toBe(2);
  expect(await runTotals(db)).toEqual(before);
  await run(db, "four", 0);
  expect((await runTotals(db))["Files"]?.outcomes).toEqual({ succeeded: 3, failed: 1 });
  expect(await lastSuccesses(db)).toEqual(new Map([["Files", NOW.toISOString()]]));
});
