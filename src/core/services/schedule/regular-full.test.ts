import { describe, expect, test } from "bun:test";
import { listRuns } from "@/core/db/queries/runs";
import { listTasks } from "@/core/db/queries/tasks";
import { syncRun } from "@/core/db/schema";
import { scheduleInputSchema } from "@/core/models/schedule";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { fillShelf } from "@test/shelf-syncs";
import { createScheduler } from "./scheduler";
import { createSchedules } from "./schedules";

const hourly = scheduleInputSchema.parse({ cron: "hourly", timeZone: "UTC" });
const HOUR_MS = 3_600_000;

/** An hourly schedule of a shelf that wants a full sync each Sunday, and a clock that starts at the real time. */
async function weeklyShelf() {
  const shelf = createShelf();
  fillShelf(shelf, 4);
  const { integration } = shelf;
  const weekly = {
    ...integration,
    config: { ...integration.config, fullSyncAt: "weekly on sunday at 03:30" },
  };
  const app = await testApp({ integrations: [weekly] });
  let now = new Date();
  const clock = { now: () => now, random: () => 0 };
  const scheduler = createScheduler({ enabled: true, ...app, ...clock });
  const schedules = createSchedules({ ...app, ...clock });
  await schedules.set({ integration: "Shelf" }, hourly);
  return {
    app,
    shelf,
    next: async () => (await schedules.list())[0],
    /** Lets hours go by, then looks at the clock and waits for the sync that starts. Its mode and state. */
    after: async (hours: number) => {
      now = new Date(now.getTime() + hours * HOUR_MS);
      await scheduler.tick();
      for (const run of await listRuns(app.db)) await app.runner.wait(run.id);
      const [newest] = await listRuns(app.db);
      return `${newest?.mode} ${newest?.state}`;
    },
    [Symbol.asyncDispose]: async () => {
      await scheduler.stop();
      await app[Symbol.asyncDispose]();
    },
  };
}

describe("a source that wants a full sync now and then", () => {
  test("gets one from its incremental schedule, which says why and when the next one comes", async () => {
    await using one = await weeklyShelf();
    const { app } = one;
    // None has ended yet, so the first scheduled sync is one.
    expect(await one.next()).toMatchObject({ nextFullRunAt: (await one.next())?.nextRunAt });
    expect(await one.after(1)).toBe("full succeeded");
    const [run] = await listRuns(app.db);
    const told = await listTasks(app.db, "Shelf", 0, { runId: run?.id });
    expect(told.find(({ step }) => step === "full-pass")?.error).toContain("as a whole now and then");

    const due = new Date((await one.next())?.nextFullRunAt ?? "");
    expect([due.getUTCDay() === 0 || due.getUTCDay() === 1, due.getUTCMinutes()]).toEqual([true, 0]);
    expect(await one.after(1)).toBe("incremental succeeded");
    // Cleared history does not make it due.
    await app.db.delete(syncRun);
    expect(await one.after(1)).toBe("incremental succeeded");
    expect(await one.after(8 * 24)).toBe("full succeeded");
    const told2 = await listTasks(app.db, "Shelf", 0, { runId: (await listRuns(app.db))[0]?.id });
    expect(told2.find(({ step }) => step === "full-pass")?.error).toContain("weekly on sunday at 03:30");
  });

  test("that fails is tried again hours later, and incremental syncs go on meanwhile", async () => {
    await using one = await weeklyShelf();
    one.shelf.beforePage = () => {
      throw new Error("The shelf is locked.");
    };
    expect(await one.after(1)).toBe("full failed");
    one.shelf.beforePage = () => undefined;
    expect(await one.after(1)).toBe("incremental succeeded");
    expect(await one.after(6)).toBe("full succeeded");
  });

  test("that had to leave a part of a listing out has not been read as a whole", async () => {
    await using one = await weeklyShelf();
    one.shelf.extra = { incomplete: "A folder could not be read." };
    expect(await one.after(1)).toBe("full succeeded");
    expect(await one.after(1)).toBe("incremental succeeded");
    one.shelf.extra = {};
    expect(await one.after(6)).toBe("full succeeded");
    expect(await one.after(6)).toBe("incremental succeeded");
  });

  test("is not read as a whole because a person asks for what changed", async () => {
    await using one = await weeklyShelf();
    const { runner } = one.app;
    const [started] = await runner.start({ integration: "Shelf", mode: "incremental", trigger: "manual" });
    expect((await runner.wait(started?.runId ?? "")).mode).toBe("incremental");
    await runner.purge("Shelf");
    expect(await one.after(1)).toBe("full succeeded");
  });
});
