import { describe, expect, test } from "bun:test";
import { findRun } from "@/core/db/queries/runs";
import { syncRun } from "@/core/db/schema";
import { testApp, type TestApp } from "@test/app";
import { createShelf, type Shelf } from "@test/shelf";
import { fillShelf, syncShelf } from "@test/shelf-syncs";

/** Starts a sync of nine notes and pauses it while it waits for its second page. */
async function pausedRun(app: TestApp, shelf: Shelf): Promise<string> {
  fillShelf(shelf, 9);
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  shelf.beforePage = async (index) => {
    if (index !== 1) return;
    reached.resolve();
    await gate.promise;
  };
  const [started] = await app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
  await reached.promise;
  const runId = started?.runId ?? "";
  expect(await app.runner.pause(runId)).toBe(true);
  expect(await findRun(app.db, runId)).toMatchObject({ state: "running", stage: "pausing" });
  gate.resolve();
  shelf.beforePage = () => undefined;
  expect(await app.runner.wait(runId)).toMatchObject({ state: "parked", stage: "paused", parkedUntil: null });
  return runId;
}

describe("a paused run", () => {
  test("keeps what it has, and goes on after its last page when resumed", async () => {
    const shelf = createShelf();
    await using app = await testApp({ integrations: [shelf.integration] });
    const runId = await pausedRun(app, shelf);
    expect(await findRun(app.db, runId)).toMatchObject({ inserted: 3, error: null });
    shelf.listed.length = 0;
    expect(await app.runner.resume(runId)).toMatchObject({ runId, alreadyRunning: false });
    expect(await app.runner.wait(runId)).toMatchObject({ state: "succeeded", inserted: 9 });
    expect(shelf.listed[0]).toBe("n002");
    await expect(app.runner.resume(runId)).rejects.toThrow("nothing to resume");
    await expect(app.runner.resume("nope")).rejects.toThrow("no sync run");
    expect(await app.runner.pause(runId)).toBe(false);
  });

  test("is not started by a schedule, a watcher or a restart of the program, but by a person", async () => {
    const shelf = createShelf();
    await using app = await testApp({ integrations: [shelf.integration] });
    const runId = await pausedRun(app, shelf);
    for (const trigger of ["schedule", "watch", "start"] as const) {
      const [started] = await app.runner.start({ integration: "Shelf", mode: "incremental", trigger });
      expect(started).toMatchObject({ runId, alreadyRunning: true });
    }
    await app.runner.recover();
    expect(await findRun(app.db, runId)).toMatchObject({ state: "parked", stage: "paused" });
    expect(await syncShelf(app, "full")).toMatchObject({ id: runId, state: "succeeded" });
  });

  test("can be cancelled", async () => {
    const shelf = createShelf();
    await using app = await testApp({ integrations: [shelf.integration] });
    const runId = await pausedRun(app, shelf);
    expect(await app.runner.cancel(runId)).toBe(true);
    expect(await findRun(app.db, runId)).toMatchObject({ state: "cancelled" });
  });

  test("whose process died before its next page stays paused after the restart", async () => {
    const shelf = createShelf();
    await using app = await testApp({ integrations: [shelf.integration] });
    const runId = await pausedRun(app, shelf);
    await app.db.update(syncRun).set({
      state: "running",
      stage: "pausing",
      leaseOwner: null,
      cancelRequestedAt: new Date().toISOString(),
    });
    await app.runner.recover();
    expect(await findRun(app.db, runId)).toMatchObject({ state: "parked", stage: "paused" });
  });

  test("that is asked twice stays with who works on it, and one that is being cancelled cannot be paused", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 9);
    await using app = await testApp({ integrations: [shelf.integration] });
    for (const [first, end] of [
      ["pause", "parked"],
      ["cancel", "cancelled"],
    ] as const) {
      const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      shelf.beforePage = async () => {
        reached.resolve();
        await gate.promise;
      };
      const [started] = await app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
      const runId = started?.runId ?? "";
      await reached.promise;
      expect(await app.runner[first](runId)).toBe(true);
      expect(await app.runner.pause(runId)).toBe(first === "pause");
      expect((await findRun(app.db, runId))?.state).toBe("running");
      gate.resolve();
      expect((await app.runner.wait(runId)).state).toBe(end);
    }
  });
});
