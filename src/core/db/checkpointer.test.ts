import { expect, test } from "bun:test";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "./open";
import { temporaryDatabase, temporaryFolder } from "@test/database";

const megabytes = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

test("while much is written, what is committed reaches the database file without its connection", async () => {
  await using database = await temporaryDatabase();
  const { db, path } = database;
  await db.raw.run("CREATE TABLE much (n INTEGER PRIMARY KEY, body BLOB)");
  // No checkpoint of this connection's own may be what is seen below.
  await db.raw.run("PRAGMA wal_autocheckpoint = 0");
  const before = megabytes(path);
  for (let n = 0; megabytes(path) < before + 1_000_000; n++) {
    await db.raw.together((sql) => sql.run("INSERT INTO much (body) VALUES (zeroblob(50000))"));
    if (n % 10 === 9) await new Promise(setImmediate);
    expect(n).toBeLessThan(50_000);
  }
  expect(await db.raw.all("PRAGMA quick_check")).toEqual([{ quick_check: "ok" }]);
});

test("once nobody writes any more, a long log gives its room on the disk back while the database stays open", async () => {
  await using database = await temporaryDatabase();
  const { db, path } = database;
  await db.raw.run("CREATE TABLE much (n INTEGER PRIMARY KEY, body BLOB)");
  await db.raw.run("PRAGMA wal_autocheckpoint = 0");
  const log = `${path}-wal`;
  await db.transaction(async (tx) => {
    for (let n = 0; n < 80; n++) await tx.raw.run("INSERT INTO much (body) VALUES (zeroblob(1000000))");
  });
  expect(megabytes(log)).toBeGreaterThan(70_000_000);
  // The thread starts where commits follow each other quickly.
  for (let n = 0; n < 20; n++)
    await db.raw.together((sql) => sql.run("INSERT INTO much (body) VALUES (NULL)"));
  while (megabytes(log) > 64 * 2 ** 20) await Bun.sleep(20);
  expect(await db.raw.all("SELECT count(*) AS n FROM much")).toEqual([{ n: 100 }]);
});

test("few writes start nothing, and a closed database leaves no log behind", async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "stoneturner.db");
  const open = openDatabase(path);
  await open.db.raw.run("CREATE TABLE few (n INTEGER)");
  for (let n = 0; n < 30; n++) await open.db.raw.together((sql) => sql.run("INSERT INTO few VALUES (1)"));
  open.close();
  expect(existsSync(`${path}-wal`)).toBeFalse();
});
