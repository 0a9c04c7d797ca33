import { expect, test } from "bun:test";
import { hostname } from "node:os";
import { leaseOwner } from "@/core/services/sync/lease";
import { temporaryDatabase } from "@test/database";
import { Turn } from "./turn";

/** One that runs, and two of this machine and another that do not answer. */
const running = `${hostname()}:${process.ppid}:a`;
const killed = `${hostname()}:4194304:b`;
const elsewhere = "another-host:7:c";

test("one of two has its turn until it ends", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const [one, other] = [new Turn(db, "work", leaseOwner()), new Turn(db, "work", running)];
  expect([await one.begin(), await one.begin(), await other.begin()]).toEqual([true, true, false]);
  await other.end();
  expect(await other.begin()).toBe(false);
  expect(await new Turn(db, "other work", running).begin()).toBe(true);
  await one.end();
  expect([await other.begin(), await one.begin()]).toEqual([true, false]);
  await other.end();
});

test("the turn of one that was killed is over at once, and elsewhere after half a minute", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  let now = Date.now();
  const [dead, far] = [new Turn(db, "work", killed), new Turn(db, "work", elsewhere, () => now)];
  const next = new Turn(db, "work", running, () => now);
  await dead.begin();
  expect(await next.begin()).toBe(true);
  await dead.end();
  await next.end();
  expect([await far.begin(), await next.begin()]).toEqual([true, false]);
  now += 31_000;
  expect(await next.begin()).toBe(true);
  await far.end();
  expect(await far.begin()).toBe(false);
  await next.end();
});

test("work that fails ends its turn", async () => {
  await using database = await temporaryDatabase();
  const [one, other] = [new Turn(database.db, "work"), new Turn(database.db, "work", running)];
  await expect(one.during(() => Promise.reject(new Error("down")))).rejects.toThrow("down");
  expect(await other.during(() => Promise.resolve())).toBe(true);
});
