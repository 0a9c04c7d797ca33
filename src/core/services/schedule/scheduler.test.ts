import { describe, expect, test } from "bun:test";
import { listRuns } from "@/core/db/queries/runs";
import { listScheduleRows } from "@/core/db/queries/schedules";
import { syncRun } from "@/core/db/schema";
import { scheduleInputSchema } from "@/core/models/schedule";
import type { Integration } from "@/core/models/integration";
import { createShelf } from "@test/shelf";
import { fillShelf } from "@test/shelf-syncs";
import { type TestApp, testApp } from "@test/app";
import { createScheduler, type Scheduler } from "./scheduler";
import { createSchedules, type Schedules } from "./schedules";
import { createJobRunner } from "./job-runner";
import type { Job } from "./jobs";
import { parseTimer } from "./timer";

const hourly = scheduleInputSchema.parse({ cron: "hourly", timeZone: "UTC" });

interface Clocked extends AsyncDisposable {
  app: TestApp;
  schedules: Schedules;
  scheduler: Scheduler;
  /** Sets the clock and looks at it. */
  at: (time: string) => Promise<void>;
}

/** A scheduler on a clock of the test's. */
async function clocked(
  integrations: readonly Integration[],
  options: { enabled?: boolean; jobs?: readonly Job[] } = {},
): Promise<Clocked> {
  const app = await testApp({ integrations });
  let now = new Date("2026-06-01T12:30:00.000Z");
  const clock = { now: () => now, random: () => 0 };
  const { enabled = true, jobs = [] } = options;
  const runner = createJobRunner({ ...app, ...clock, enabled, jobs });
  const scheduler = createScheduler({ ...app, ...clock, enabled, jobs: runner });
  return {
    app,
    scheduler,
    schedules: createSchedules({ ...app, ...clock }),
    at: async (time) => {
      now = new Date(`2026-06-01T${time}:00.000Z`);
      await scheduler.tick();
    },
    [Symbol.asyncDispose]: async () => {
      await scheduler.stop();
      await app[Symbol.asyncDispose]();
    },
  };
}

/** The shelf with accounts: a source that takes any key. */
function lockedShelf() {
  const shelf = createShelf();
  const { integration } = shelf;
  return { ...shelf, integration: { ...integration, config: { ...integration.config, inputs: [] } } };
}

const connect = (app: TestApp, account: string) =>
  app.credentials.save(app.registry.find("Shelf"), { integration: "Shelf", account });
const runsOf = async (app: TestApp) =>
  (await listRuns(app.db)).map(({ account, trigger }) => `${trigger} ${account}`).sort();
const reasonOf = async ({ app }: Clocked) => (await listScheduleRows(app.db))[0]?.pausedReason ?? null;

async function rest(app: TestApp): Promise<void> {
  for (const run of await listRuns(app.db)) await app.runner.wait(run.id);
}

describe("the scheduler", () => {
  test("starts what is due, once, and nothing before its time", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 3);
    await using one = await clocked([shelf.integration]);
    await one.schedules.set({ integration: "Shelf" }, hourly);
    await one.at("12:59");
    expect(await runsOf(one.app)).toEqual([]);
    await one.at("13:00");
    await one.at("13:01");
    expect(await runsOf(one.app)).toEqual(["schedule default"]);
    await rest(one.app);
    expect((await listRuns(one.app.db))[0]).toMatchObject({ state: "succeeded", inserted: 3 });
  });

  test("starts one sync for many missed times", async () => {
    await using one = await clocked([createShelf().integration]);
    await one.schedules.set({ integration: "Shelf" }, { ...hourly, cron: "* * * * *" });
    await one.at("23:00");
    await one.at("23:00");
    expect(await runsOf(one.app)).toHaveLength(1);
  });

  test("does not double a sync that is under way", async () => {
    const shelf = createShelf();
    fillShelf(shelf, 3);
    const { promise, resolve } = Promise.withResolvers<void>();
    shelf.beforePage = () => promise;
    await using one = await clocked([shelf.integration]);
    await one.schedules.set({ integration: "Shelf" }, hourly);
    await one.at("13:00");
    await one.at("14:00");
    await one.at("15:00");
    expect(await runsOf(one.app)).toHaveLength(1);
    resolve();
    await rest(one.app);
  });

  test("syncs every account but those with a schedule of their own, one of which is paused", async () => {
    await using one = await clocked([lockedShelf().integration]);
    for (const account of ["a", "b", "c"]) await connect(one.app, account);
    await one.schedules.set({ integration: "Shelf" }, hourly);
    await one.schedules.set({ integration: "Shelf", account: "c" }, { ...hourly, cron: "30 * * * *" });
    await one.schedules.set({ integration: "Shelf", account: "b" }, hourly);
    await one.schedules.pause({ integration: "Shelf", account: "b" });
    await one.at("13:00");
    expect(await runsOf(one.app)).toEqual(["schedule a"]);
    await one.at("13:30");
    expect(await runsOf(one.app)).toEqual(["schedule a", "schedule c"]);
  });

  test("leaves out an account that needs a reconnect, says so, and takes it back once it works", async () => {
    await using one = await clocked([lockedShelf().integration]);
    for (const account of ["a", "b"]) await connect(one.app, account);
    await one.schedules.set({ integration: "Shelf" }, hourly);
    await one.app.credentials.setStatus("Shelf", "b", "needs_reconnect", "revoked");
    await one.at("13:00");
    expect(await runsOf(one.app)).toEqual(["schedule a"]);
    expect(await reasonOf(one)).toBe("b needs a reconnect.");
    await rest(one.app);
    await connect(one.app, "b");
    await one.at("14:00");
    expect(await runsOf(one.app)).toEqual(["schedule a", "schedule a", "schedule b"]);
    expect(await reasonOf(one)).toBeNull();
  });

  test("does not wake a sync whose source asked to wait", async () => {
    await using one = await clocked([lockedShelf().integration]);
    await connect(one.app, "a");
    await one.schedules.set({ integration: "Shelf" }, hourly);
    const [started] = await one.app.runner.start({
      integration: "Shelf",
      mode: "incremental",
      trigger: "manual",
    });
    await one.app.runner.wait(started?.runId ?? "");
    await one.app.db.update(syncRun).set({ state: "parked", parkedUntil: "2026-06-01T13:30:00.000Z" });
    await one.at("13:00");
    expect(await listRuns(one.app.db)).toMatchObject([{ state: "parked", resumes: 0 }]);
    await one.at("14:00");
    expect(await listRuns(one.app.db)).toMatchObject([{ resumes: 1 }]);
  });

  test("a source that cannot start says why on its schedule, and the others still start", async () => {
    const shelf = createShelf("Shelf");
    const vault = createShelf("Attic").integration;
    const inputs = [{ input: "apiKey" as const, label: "Key", required: true }];
    await using one = await clocked([{ ...vault, config: { ...vault.config, inputs } }, shelf.integration]);
    for (const integration of ["Attic", "Shelf"]) await one.schedules.set({ integration }, hourly);
    await one.at("13:00");
    expect(await runsOf(one.app)).toEqual(["schedule default"]);
    expect(await reasonOf(one)).toContain("not connected yet");
  });

  test("starts nothing when schedules are turned off, and nothing after it was stopped", async () => {
    await using off = await clocked([createShelf().integration], { enabled: false });
    await off.schedules.set({ integration: "Shelf" }, hourly);
    off.scheduler.start();
    await off.at("13:00");
    expect(await runsOf(off.app)).toEqual([]);
    await using stopped = await clocked([createShelf().integration]);
    await stopped.schedules.set({ integration: "Shelf" }, hourly);
    await stopped.scheduler.stop();
    await stopped.at("13:00");
    expect(await runsOf(stopped.app)).toEqual([]);
  });
});

describe("jobs of the installation", () => {
  const job = (ran: string[], name: string, cron: string): Job => ({
    name,
    does: `Does ${name}.`,
    timer: parseTimer(cron, "UTC"),
    run: () => {
      ran.push(name);
      return name === "broken" ? Promise.reject(new Error("no")) : Promise.resolve();
    },
  });

  test("run at their times, never at once when they are new, and one that fails keeps no other back", async () => {
    const ran: string[] = [];
    const jobs = [job(ran, "broken", "hourly"), job(ran, "tidy", "hourly")];
    await using one = await clocked([], { jobs });
    await one.at("12:40");
    expect(ran).toEqual([]);
    await one.at("15:20");
    await one.at("15:21");
    expect(ran).toEqual(["broken", "tidy"]);
    expect(one.app.logged).toContainEqual(
      expect.objectContaining({ message: "A job failed.", job: "broken" }),
    );
  });

  test("run in one process only, and wait again when they are given another time", async () => {
    const ran: string[] = [];
    await using one = await clocked([], { jobs: [job(ran, "tidy", "hourly")] });
    await one.at("12:40");
    const clock = { now: () => new Date("2026-06-01T13:00:00Z"), enabled: true };
    const process = (cron: string) => {
      const jobs = createJobRunner({ ...one.app, ...clock, jobs: [job(ran, "tidy", cron)] });
      return createScheduler({ ...one.app, ...clock, jobs });
    };
    await Promise.all([process("hourly").tick(), process("hourly").tick()]);
    expect(ran).toEqual(["tidy"]);
    await process("0 13 * * *").tick();
    expect(ran).toEqual(["tidy"]);
  });
});
