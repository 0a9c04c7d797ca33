import { describe, expect, test } from "bun:test";
import { setting } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { PermanentError, TransientError } from "@/core/models/errors";
import { temporaryDatabase } from "@test/database";
import { StageLedger, stageProblem } from "./stage-ledger";

const ledger = (db: Db, now = Date.now, model = "m") =>
  new StageLedger(db, "insights", model, { perHour: 3, perDay: 5 }, now);

describe("a stage's ledger", () => {
  test("lets no more through than the budget, however many ask at once", async () => {
    await using database = await temporaryDatabase();
    const one = ledger(database.db);
    const taken = await Promise.all(Array.from({ length: 10 }, () => one.take("Files")));
    expect(taken.filter(Boolean)).toHaveLength(3);
    expect(await ledger(database.db).take("Slack")).toBe(true);
  });

  test("pauses at most an hour, and starts small again after a success", async () => {
    await using database = await temporaryDatabase();
    let at = 1_800_000_000_000;
    const one = ledger(database.db, () => at);
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) waits.push(((await one.pause(new TransientError("down"))) - at) / 60_000);
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    await one.clearPause();
    expect(await one.pausedUntil()).toBe(at + 60 * 60_000);
    at += 60 * 60_000;
    await one.clearPause();
    expect(await one.pausedUntil()).toBe(0);
    expect((await one.pause(new TransientError("down"))) - at).toBe(60_000);
  });

  test("keeps a pause that a person must end out of the database", async () => {
    await using database = await temporaryDatabase();
    const one = ledger(database.db);
    await one.pause(new PermanentError("no such model"));
    expect(await one.pausedUntil()).toBeGreaterThan(Date.now());
    expect(await ledger(database.db).pausedUntil()).toBe(0);
  });

  test("tells why its worker does nothing until it works again, and says nothing of another's", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    let at = 1_800_000_000_000;
    const one = ledger(db, () => at);
    const told = () => stageProblem(db, "insights", "m");
    expect(await told()).toBeNull();
    for (const error of [new PermanentError("No such model."), new TransientError("Down.")]) {
      await one.pause(error);
      expect(await told()).toBe(error.message);
      await one.clearPause();
      expect(await told()).toBe(error.message);
      at += 60 * 60_000;
      await one.clearPause();
      expect(await told()).toBeNull();
    }
    await one.pause(new TransientError("Down."));
    expect(await stageProblem(db, "insights", "other")).toBeNull();
    expect(await ledger(db, () => at, "other").pausedUntil()).toBe(0);
  });

  test("remembers what a model declined, for that model and that version, in bounded space", async () => {
    await using database = await temporaryDatabase();
    const one = ledger(database.db);
    await one.decline("a", "hash-1");
    expect(await ledger(database.db).isDeclined("a", "hash-1")).toBe(true);
    expect(await ledger(database.db).isDeclined("a", "hash-2")).toBe(false);
    expect(await ledger(database.db, Date.now, "other").isDeclined("a", "hash-1")).toBe(false);
    const many = Array.from({ length: 2_000 }, (_, i) => `id${i}:hash`);
    await database.db.update(setting).set({ value: { worker: "m", versions: many } });
    const full = ledger(database.db);
    await full.decline("new", "hash");
    expect(await full.isDeclined("new", "hash")).toBe(true);
    expect(await full.isDeclined("id0", "hash")).toBe(false);
    expect(await full.isDeclined("id1999", "hash")).toBe(true);
  });

  test("starts over when what is stored cannot be read", async () => {
    await using database = await temporaryDatabase();
    for (const key of ["insights.pause", "insights.declined", "insights.budget.Files"]) {
      await database.db.insert(setting).values({ key, value: "junk" });
    }
    const one = ledger(database.db);
    expect(await one.pausedUntil()).toBe(0);
    expect(await one.take("Files")).toBe(true);
    expect(await one.isDeclined("a", "hash")).toBe(false);
  });

  test("is kept apart from those of other stages", async () => {
    await using database = await temporaryDatabase();
    const vectors = new StageLedger(database.db, "vectors", "m", { perHour: 3, perDay: 5 }, Date.now);
    await vectors.pause(new TransientError("down"));
    await vectors.decline("a", "hash-1");
    expect(await ledger(database.db).pausedUntil()).toBe(0);
    expect(await ledger(database.db).isDeclined("a", "hash-1")).toBe(false);
  });
});
