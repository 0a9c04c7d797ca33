import { expect, test } from "bun:test";
import { join } from "node:path";
import { openDatabase } from "@/core/db/open";
import { setting } from "@/core/db/schema";
import { RateLimitedError } from "@/core/models/errors";
import { temporaryDatabase } from "@test/database";
import { systemClock } from "./clock";
import { createDailyBudget } from "./daily-budget";
import { createRequestCounter } from "./request-counter";

const clockAt = (time: string) => ({ ...systemClock, now: () => Date.parse(time) });
const outcome = (job: Promise<unknown>) =>
  job.then(
    () => "taken",
    (error: unknown) => error,
  );

test("the count outlives a restart, and a used-up budget waits for the next day", async () => {
  await using database = await temporaryDatabase();
  const budgetOn = (db: typeof database.db, time: string) =>
    createDailyBudget({
      requestsPerDay: 2,
      counter: createRequestCounter(db, "gong acme"),
      clock: clockAt(time),
    });
  await budgetOn(database.db, "2026-12-31T10:00:00Z").take();
  await budgetOn(database.db, "2026-12-31T11:00:00Z").take();

  const reopened = openDatabase(join(database.folder, "stoneturner.db"));
  const refused = await outcome(budgetOn(reopened.db, "2026-12-31T23:59:59Z").take());
  expect(refused).toBeInstanceOf(RateLimitedError);
  expect(refused instanceof RateLimitedError && refused.retryAt.toISOString()).toBe(
    "2027-01-01T00:00:00.000Z",
  );
  expect(await outcome(budgetOn(reopened.db, "2027-01-01T00:00:00Z").take())).toBe("taken");
  reopened.close();
});

test("requests made at once never take more than there is", async () => {
  await using database = await temporaryDatabase();
  const counter = createRequestCounter(database.db, "a");
  const budget = createDailyBudget({ requestsPerDay: 5, counter, clock: clockAt("2026-05-01T00:00:00Z") });
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(budget.take())));
  expect(outcomes.filter((entry) => entry === "taken")).toHaveLength(5);
});

test("credentials are counted apart, and a damaged count starts over", async () => {
  await using database = await temporaryDatabase();
  const [ann, bob] = [createRequestCounter(database.db, "ann"), createRequestCounter(database.db, "bob")];
  expect(await ann.add("2026-05-01", 3)).toBe(3);
  expect(await bob.read("2026-05-01")).toBe(0);
  await database.db.update(setting).set({ value: "junk" });
  expect(await ann.read("2026-05-01")).toBe(0);
  expect(await ann.add("2026-05-01", 1)).toBe(1);
});
