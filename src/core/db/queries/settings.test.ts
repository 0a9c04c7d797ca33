import { expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { readSetting, removeSetting, saveSetting } from "./settings";

test("a setting is what was kept last under its key, until it is removed", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  expect(await readSetting(db, "a")).toBeUndefined();
  await saveSetting(db, "a", { count: 1 });
  await saveSetting(db, "b", "other");
  await saveSetting(db, "a", { count: 2 });
  expect(await readSetting(db, "a")).toEqual({ count: 2 });
  await removeSetting(db, "a");
  expect(await readSetting(db, "a")).toBeUndefined();
  expect(await readSetting(db, "b")).toBe("other");
});

test("of a transaction that fails nothing is kept", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const failing = db.transaction(async (tx) => {
    await saveSetting(tx, "a", 1);
    throw new Error("stop");
  });
  expect(await failing.catch(String)).toBe("Error: stop");
  expect(await readSetting(db, "a")).toBeUndefined();
});
