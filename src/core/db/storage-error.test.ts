import { expect, test } from "bun:test";
import { setting } from "@/core/db/schema";
import { temporaryDatabase } from "@test/database";
import { storageErrorOf } from "./storage-error";

test("a full disk is told in plain words, whatever wraps the driver's error, and loses nothing stored", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await db.insert(setting).values({ key: "kept", value: 1 });
  const [pages] = await db.raw.all("PRAGMA page_count");
  await db.raw.all(`PRAGMA max_page_count = ${Number(pages?.["page_count"]) + 1}`);
  const fill = db.transaction(async (tx) => {
    for (let index = 0; index < 50; index++) {
      await tx.insert(setting).values({ key: `big ${index}`, value: "x".repeat(10_000) });
    }
  });
  const error = await fill.then(
    () => undefined,
    (thrown: unknown) => storageErrorOf(thrown),
  );
  expect(error?.explanation).toContain("The disk that holds the data folder is full. Free some space");
  expect(await db.select().from(setting)).toEqual([{ key: "kept", value: 1 }]);
});

test("any other error is not about storage", () => {
  expect(storageErrorOf(new Error("no"))).toBeUndefined();
  expect(storageErrorOf("no")).toBeUndefined();
});
