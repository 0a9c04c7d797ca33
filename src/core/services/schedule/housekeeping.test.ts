import { expect, test } from "bun:test";
import { listRuns } from "@/core/db/queries/runs";
import { syncRun } from "@/core/db/schema";
import { ConfigError, ItemError, messageOf } from "@/core/models/errors";
import { createShelf } from "@test/shelf";
import { fillShelf, syncShelf } from "@test/shelf-syncs";
import { testApp } from "@test/app";
import { housekeepingJobs } from "./housekeeping";

const signal = new AbortController().signal;

test("old history is cleared away once a day, as far as configured", async () => {
  const shelf = createShelf();
  await using app = await testApp({
    integrations: [shelf.integration],
    environment: { SYNC_HISTORY_RUNS: "2", SYNC_HISTORY_DAYS: "30" },
  });
  for (let round = 0; round < 4; round++) await syncShelf(app);
  const jobs = housekeepingJobs(app);
  expect(jobs.map((job) => job.name)).toEqual(["clear-history"]);
  expect(jobs[0]?.timer.cron).toBe("10 4 * * *");
  await jobs[0]?.run(signal);
  expect(await app.db.$count(syncRun)).toBe(2);
  expect(app.logged).toContainEqual(
    expect.objectContaining({ message: "Old history was cleared away.", runs: 2 }),
  );
});

test("what failed is tried again at the configured time, and is taken", async () => {
  const shelf = createShelf();
  fillShelf(shelf, 2);
  let broken = true;
  shelf.beforeRender = (key) => {
    if (broken && key === "n001") throw new ItemError("It cannot be read.");
  };
  await using app = await testApp({
    integrations: [shelf.integration],
    environment: { CRON_RETRY_FAILED: "nightly" },
  });
  await syncShelf(app);
  broken = false;
  const retry = housekeepingJobs(app).find((job) => job.name === "retry-failed");
  expect(retry?.timer.cron).toBe("0 3 * * *");
  await retry?.run(signal);
  for (const run of await listRuns(app.db)) await app.runner.wait(run.id);
  expect(shelf.rendered).toContain("n001");
  await retry?.run(signal);
  expect(await listRuns(app.db)).toHaveLength(2);
});

test("a time that is none stops the start with one plain line", async () => {
  const failing = testApp({ environment: { CRON_RETRY_FAILED: "sometimes" } });
  const error = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  expect(messageOf(error)).toContain(
    "CRON_RETRY_FAILED is no time of a schedule. It takes 'every 15 minutes'",
  );
});
