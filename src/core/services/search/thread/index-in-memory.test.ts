import { expect, test } from "bun:test";
import { join } from "node:path";
import { openReader } from "@/core/db/open";
import { ensureIndex, isIndexReady } from "@/core/services/index/index-schema";
import { temporaryDatabase } from "@test/database";
import { readEarly } from "./index-in-memory";
import type { FromThread } from "./messages";

test("what is not as this program makes it is not read before the process has opened it", async () => {
  await using database = await temporaryDatabase();
  const { db, folder, path } = database;
  const sent: FromThread[] = [];
  const early = (file = path) => readEarly(file, (message) => sent.push(message));
  expect(await early(join(folder, "missing.db"))).toBeUndefined();
  expect(await early()).toBeUndefined();
  await ensureIndex(db);
  for (const spoil of [
    "DROP INDEX searchArtifact_lengths",
    "UPDATE setting SET value = '0' WHERE key = 'searchIndex'",
    "PRAGMA journal_mode = DELETE",
  ]) {
    await ensureIndex(db);
    await db.raw.run(spoil);
    expect(await early()).toBeUndefined();
  }
  expect(sent).toEqual([]);
  const other = join(folder, "other.db");
  await Bun.write(other, "This is a letter, and no database.".repeat(100));
  expect(await early(other)).toBeUndefined();
  expect(sent).toMatchObject([{ kind: "log", level: "debug", fields: { reason: expect.any(String) } }]);
});

test("tables are ready to be read once they are made, over a connection that only reads as well", async () => {
  await using database = await temporaryDatabase();
  const reader = openReader(database.path);
  expect(await isIndexReady(reader.db)).toBe(false);
  await ensureIndex(database.db);
  expect(await isIndexReady(reader.db)).toBe(true);
  reader.close();
});
