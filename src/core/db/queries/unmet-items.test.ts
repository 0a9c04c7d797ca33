import { expect, test } from "bun:test";
import { syncItem, syncSeen } from "@/core/db/schema";
import { temporaryDatabase } from "@test/database";
import { forgetSeen, markSeen, seenAmong, upsertItems } from "./sync-state";
import { countUnmet, keyWindows, unmetItems } from "./unmet-items";

const key = { integration: "Shelf", account: "default", stream: "notes" };

function itemOf(itemKey: string, state: "live" | "hidden" = "live", stream = "notes") {
  return { ...key, stream, itemKey, version: "1", state, attempts: 0, updatedAt: "2026-05-01T00:00:00.000Z" };
}

test("what was not met is found window by window, and each key lies in one of them", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const keys = Array.from({ length: 25 }, (_, n) => `n${String(n).padStart(2, "0")}`);
  await upsertItems(db, [
    ...keys.map((itemKey) => itemOf(itemKey)),
    itemOf("hidden", "hidden"),
    itemOf("n00", "live", "others"),
  ]);
  const missing = new Set(["n03", "n09", "n10", "n24"]);
  await markSeen(
    db,
    "run",
    "notes",
    keys.filter((itemKey) => !missing.has(itemKey)),
  );
  expect(await countUnmet(db, key, "run")).toEqual({ live: 25, unmet: 4 });
  expect(await seenAmong(db, "run", "notes", ["n02", "n03", "n04"])).toEqual(new Set(["n02", "n04"]));
  expect(await seenAmong(db, "run", "others", ["n02"])).toEqual(new Set());
  for (const size of [1, 5, 13, 26, 100]) {
    const found: string[] = [];
    for await (const window of keyWindows(db, key, size))
      for (const { itemKey } of await unmetItems(db, key, "run", window, 100)) found.push(itemKey);
    expect(found).toEqual([...missing]);
  }
  expect(await countUnmet(db, { ...key, stream: "none" }, "run")).toEqual({ live: 0, unmet: 0 });
});

test("the marks of many items are forgotten in pieces, all of them and no others", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const keys = Array.from({ length: 7_000 }, (_, n) => `n${n}`);
  await markSeen(db, "run", "a", keys);
  await markSeen(db, "run", "b", keys.slice(0, 10));
  await markSeen(db, "other", "a", ["n1"]);
  await forgetSeen(db, "run", "a");
  expect(await db.$count(syncSeen)).toBe(11);
  await markSeen(db, "run", "a", keys);
  await forgetSeen(db, "run");
  expect(await db.select({ run: syncSeen.runId }).from(syncSeen)).toEqual([{ run: "other" }]);
  expect(await db.$count(syncItem)).toBe(0);
});
