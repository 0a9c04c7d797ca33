import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { keepingLogger } from "@test/provider";
import { createJobRunner } from "./job-runner";
import { claimJob, type Job } from "./jobs";
import { parseTimer } from "./timer";

const noon = new Date("2026-06-01T12:00:00.000Z");
const job = (name: string, run: Job["run"]): Job => ({
  name,
  does: `Does ${name}.`,
  timer: parseTimer("daily at 04:10", "UTC"),
  run,
});

/** A runner on a database of its own, at noon. */
async function runnerOf(jobs: readonly Job[], enabled = true) {
  const database = await temporaryDatabase();
  const log = keepingLogger();
  const deps = { ...database, log, now: () => noon };
  return {
    ...database,
    log,
    runner: createJobRunner({ ...deps, jobs, enabled }),
    /** As another process, or this one after a restart, sees the same jobs. */
    again: () => createJobRunner({ ...deps, jobs, enabled }),
  };
}

describe("jobs run by hand", () => {
  test("say when they run and how they went, also after a restart, and keep their next time", async () => {
    await using one = await runnerOf([
      job("tidy", () => Promise.resolve()),
      job("broken", () => Promise.reject(new Error("The disk is full."))),
    ]);
    const tidy = { name: "tidy", does: "Does tidy.", running: false, nextRunAt: "2026-06-02T04:10:00.000Z" };
    expect((await one.runner.list())[0]).toMatchObject({ ...tidy, last: null });
    expect(await one.runner.run("tidy")).toMatchObject({ last: { at: noon.toISOString(), error: null } });
    expect((await one.runner.run("broken")).last?.error).toBe("The disk is full.");
    expect(one.log.lines.map(({ message }) => message)).toEqual(["A job failed."]);
    const [again] = await one.again().list();
    expect(again).toMatchObject({ ...tidy, last: { error: null } });
    // What was noted is no reason to run it sooner, or not at all.
    const next = new Date("2026-06-02T04:10:00.000Z");
    const claims = [noon, next].map(
      (now) => () =>
        claimJob(
          one.db,
          job("tidy", async () => {}),
          now,
        ),
    );
    expect([await claims[0]?.(), await claims[1]?.()]).toEqual([false, true]);
    expect((await one.again().list())[0]?.last?.error).toBeNull();
  });

  test("are not doubled by a second press, and show that they run", async () => {
    const started = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    let runs = 0;
    await using one = await runnerOf([
      job("slow", async () => {
        runs++;
        started.resolve();
        await end.promise;
      }),
    ]);
    const both = [one.runner.run("slow"), one.runner.run("slow")];
    await started.promise;
    expect((await one.runner.list())[0]?.running).toBe(true);
    end.resolve();
    expect((await Promise.all(both)).map(({ running }) => running)).toEqual([false, false]);
    expect(runs).toBe(1);
  });

  test("are found by name, with a hint, and nothing starts once everything stops", async () => {
    await using one = await runnerOf([job("clear-history", () => Promise.resolve())], false);
    expect((await one.runner.list())[0]?.nextRunAt).toBeNull();
    await expect(one.runner.run("clear-histori")).rejects.toThrow("Did you mean clear-history?");
    await expect(one.runner.run("x")).rejects.toThrow("There is clear-history.");
    await one.runner.stop();
    await expect(one.runner.run("clear-history")).rejects.toThrow("The server is stopping");
  });

  test("that are stopped half-way note nothing", async () => {
    const started = Promise.withResolvers<void>();
    await using one = await runnerOf([
      job("slow", async (signal) => {
        started.resolve();
        await new Promise((_, reject) => signal.addEventListener("abort", reject, { once: true }));
      }),
    ]);
    const run = one.runner.run("slow");
    await started.promise;
    await one.runner.stop();
    expect((await run).last).toBeNull();
    expect(one.log.lines).toEqual([]);
  });
});
