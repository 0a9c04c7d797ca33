import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { listRuns } from "@/core/db/queries/runs";
import { syncItem, syncRun, syncSchedule } from "@/core/db/schema";
import { scheduleInputSchema } from "@/core/models/schedule";
import { testApp, type TestApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf, syncShelf } from "@test/shelf-syncs";
import { createScheduler } from "./scheduler";

const MINUTE_MS = 60_000;
const later = (ms: number) => new Date(Date.now() + ms);

/** A shelf that was synced while one of its items was not ready; it is ready by now. */
async function waitingShelf() {
  // From before the sync on, however long that takes.
  const begun = Date.now();
  const asked: string[][] = [];
  const shelf = createShelf("Shelf", 3, {
    enumerates: ["full"],
    async *revisit({ keys }) {
      asked.push([...keys]);
      yield { items: keys.map((key) => ({ key, version: "1", text: "The transcript." })), cursor: null };
    },
  });
  fillShelf(shelf, 2);
  shelf.extra = { pending: [{ key: "call-9", reason: "being made" }] };
  const app = await testApp({ integrations: [shelf.integration] });
  await syncShelf(app, "full");
  shelf.extra = {};
  /** The clock's look after `ms`; every sync that it starts is waited for. */
  const look = async (ms: number, enabled = true) => {
    const now = () => new Date(begun + ms);
    const scheduler = createScheduler({ enabled, ...app, now, random: () => 0 });
    // The item is due by the clock of the looks, and by the clock of the sync that follows.
    const due = (await itemOf(app))?.nextAttemptAt ?? "";
    if (due <= now().toISOString()) await setDue(app, new Date().toISOString());
    await scheduler.tick();
    for (const run of await listRuns(app.db)) if (run.state === "running") await app.runner.wait(run.id);
    await scheduler.stop();
  };
  return { app, asked, look, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

const itemOf = async (app: TestApp) =>
  (await app.db.select().from(syncItem).where(eq(syncItem.itemKey, "call-9")))[0];
const setDue = (app: TestApp, nextAttemptAt: string) =>
  app.db.update(syncItem).set({ nextAttemptAt }).where(eq(syncItem.itemKey, "call-9"));

describe("a pending item that comes due", () => {
  test("is asked for by itself, once, and not before its time", async () => {
    await using one = await waitingShelf();
    await one.look(29_000);
    expect(one.asked).toEqual([]);
    await one.look(MINUTE_MS);
    expect(one.asked).toEqual([["call-9"]]);
    expect(await itemOf(one.app)).toMatchObject({ state: "live" });
    const [run] = await listRuns(one.app.db);
    expect(run).toMatchObject({ mode: "incremental", trigger: "schedule", inserted: 1 });
    await one.look(10 * MINUTE_MS);
    expect(await listRuns(one.app.db)).toHaveLength(2);
  });

  test("is asked for although the last sync was dated by a clock that was a day ahead", async () => {
    await using one = await waitingShelf();
    await one.app.db.update(syncRun).set({ createdAt: later(86_400_000).toISOString() });
    await one.look(MINUTE_MS);
    expect(one.asked).toEqual([["call-9"]]);
  });

  test("of a source that cannot be asked for single items starts one sync, not one after the other", async () => {
    const shelf = createShelf("Shelf", 3, { enumerates: ["full"] });
    shelf.extra = { pending: [{ key: "call-9", reason: "being made" }] };
    await using app = await testApp({ integrations: [shelf.integration] });
    await syncShelf(app, "full");
    shelf.extra = {};
    await setDue(app, new Date().toISOString());
    for (const ms of [31_000, 62_000, 93_000]) {
      const scheduler = createScheduler({ enabled: true, ...app, now: () => later(ms) });
      await scheduler.tick();
      for (const run of await listRuns(app.db)) if (run.state === "running") await app.runner.wait(run.id);
    }
    expect(await listRuns(app.db)).toHaveLength(2);
  });

  test("wakes nobody while schedules are off, the account is paused, its sync waits or it needs a reconnect", async () => {
    await using one = await waitingShelf();
    const { db } = one.app;
    await one.look(MINUTE_MS, false);
    const schedule = scheduleInputSchema.parse({ cron: "hourly", timeZone: "UTC" });
    await one.app.schedules.set({ integration: "Shelf" }, schedule);
    await db.update(syncSchedule).set({ enabled: false });
    await one.look(MINUTE_MS);
    await db.delete(syncSchedule);
    for (const state of ["parked", "interrupted"] as const) {
      await db.update(syncRun).set({ state, parkedUntil: later(3_600_000).toISOString() });
      await one.look(MINUTE_MS);
    }
    await db.update(syncRun).set({ state: "succeeded" });
    await one.app.credentials.save(one.app.registry.find("Shelf"), {
      integration: "Shelf",
      account: "default",
    });
    await one.app.credentials.setStatus("Shelf", "default", "needs_reconnect", "Signed out.");
    await one.look(MINUTE_MS);
    expect(one.asked).toEqual([]);
    expect(await listRuns(db)).toHaveLength(1);
  });
});
