import { describe, expect, test } from "bun:test";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { ensureIndex } from "@/core/services/index/index-schema";
import { countOlder, olderTo, startRenewal } from "@/core/services/index/renewal";
import { createLogger } from "@/core/services/logger";
import { createSearch } from "@/core/services/search/search";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { CatchUp } from "./catch-up";

/** Long notes in an index that the version before this one made. */
async function olderIndex(db: Db, notes: number, sentences = 200): Promise<void> {
  const text = "We decided to move the crane to the harbour before May. ".repeat(sentences);
  const rows = Array.from({ length: notes }, (_, n) => artifactRow(`n${n}`, `${text}\n\nNote ${n}.`));
  await storeAndIndex(
    db,
    rows.map((row) => ({ ...row, insightState: "offline", insightHash: row.contentHash })),
  );
  await db.raw.run("UPDATE setting SET value = value - 1 WHERE key = 'searchIndex'");
}

async function found(db: Db): Promise<number> {
  const search = createSearch({ db, registry: registryOf("notes") });
  const { results } = await search({ query: "harbour crane", limit: 50 });
  // Notes that read the same become one hit.
  return results.reduce((sum, { alike = [] }) => sum + 1 + alike.length, 0);
}

async function inView(db: Db): Promise<number> {
  const [row] = await db.raw.all("SELECT count(*) AS n FROM searchArtifact WHERE live = 1");
  return Number(row?.["n"]);
}

async function waiting(db: Db): Promise<number> {
  const [row] = await db.raw.all("SELECT count(*) AS n FROM mdArtifacts WHERE indexedHash IS NULL");
  return Number(row?.["n"]);
}

function catchUpOf(db: Db, signal = new AbortController().signal) {
  const lines: string[] = [];
  const log = createLogger({ level: "info", write: (line) => void lines.push(line) });
  const clock = { now: 0 };
  return { lines, clock, catchUp: new CatchUp({ db, log, signal, now: () => clock.now }) };
}

function errorsIn(lines: readonly string[]): string[] {
  return lines.filter((line) => line.includes('"level":"error"'));
}

describe("catching up", () => {
  test("renews what an earlier version indexed, once, and says so", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db, 3);
    const { catchUp, lines } = catchUpOf(db);
    await catchUp.withWaiting();
    expect(await countOlder(db)).toBe(3);
    await Promise.all([catchUp.withAll(), catchUp.withAll()]);
    expect(await olderTo(db)).toBeUndefined();
    expect(await waiting(db)).toBe(0);
    expect(lines.filter((line) => line.includes('"The index is renewed."'))).toHaveLength(1);
    const { changes } = await db.raw.run("UPDATE searchArtifact SET no = no WHERE no > 3");
    expect(changes).toBe(3);
  });

  test("leaves the old index in use while the disk is full, and goes on once there is room", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db, 6);
    await ensureIndex(db);
    const [pages] = await db.raw.all("PRAGMA page_count");
    await db.raw.all(`PRAGMA max_page_count = ${Number(pages?.["page_count"])}`);
    const { catchUp, lines, clock } = catchUpOf(db);
    await catchUp.withAll();
    expect(await countOlder(db)).toBe(6);
    expect(await found(db)).toBe(6);
    expect(errorsIn(lines)).toEqual([
      expect.stringContaining("The disk that holds the data folder is full."),
    ]);
    clock.now = 60_000;
    catchUp.again();
    await catchUp.settled();
    expect(errorsIn(lines)).toHaveLength(1);
    await db.raw.all("PRAGMA max_page_count = 1000000");
    clock.now = 119_000;
    catchUp.again();
    await catchUp.settled();
    expect(await countOlder(db)).toBe(6);
    clock.now = 120_000;
    catchUp.again();
    await catchUp.settled();
    expect(await countOlder(db)).toBe(0);
    expect(await waiting(db)).toBe(0);
    expect(await found(db)).toBe(6);
  });

  test("renews what a command of an earlier version has indexed meanwhile", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db, 3);
    const { catchUp, clock } = catchUpOf(db);
    await catchUp.withAll();
    await db.raw.run("UPDATE setting SET value = value - 1 WHERE key = 'searchIndex'");
    // A search of this process takes it over.
    await ensureIndex(db);
    expect(await countOlder(db)).toBe(3);
    clock.now = 59_000;
    catchUp.again();
    await catchUp.settled();
    expect(await countOlder(db)).toBe(3);
    clock.now = 60_000;
    catchUp.again();
    await catchUp.settled();
    expect(await countOlder(db)).toBe(0);
    expect(await olderTo(db)).toBeUndefined();
  });

  test("takes nothing from a newer version that began while this one runs", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db, 3);
    const { catchUp, clock, lines } = catchUpOf(db);
    await catchUp.withAll();
    await db.raw.run("UPDATE setting SET value = value + 1 WHERE key = 'searchIndex'");
    await startRenewal(db);
    clock.now = 60_000;
    catchUp.again();
    await catchUp.settled();
    expect(await countOlder(db)).toBe(3);
    expect(await inView(db)).toBe(3);
    expect(errorsIn(lines)).toEqual([
      expect.stringContaining("A newer version of Stoneturner works on this data folder."),
    ]);
  });

  test("that was stopped leaves all of it in view, and the next process goes on", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db, 200, 40);
    const stop = new AbortController();
    const { catchUp, lines } = catchUpOf(db, stop.signal);
    const renewing = catchUp.withAll();
    while ((await olderTo(db)) === undefined || (await countOlder(db)) === 200) await Bun.sleep(1);
    stop.abort();
    await renewing;
    expect(await inView(db)).toBe(200);
    expect(errorsIn(lines)).toEqual([]);
    expect(await olderTo(db)).toBe(200);
    await catchUpOf(db).catchUp.withAll();
    expect(await countOlder(db)).toBe(0);
    expect(await db.$count(mdArtifacts)).toBe(200);
    expect(await inView(db)).toBe(200);
  });

  test("does nothing more once the program is stopping", async () => {
    await using database = await temporaryDatabase();
    await olderIndex(database.db, 2);
    const { catchUp } = catchUpOf(database.db, AbortSignal.abort());
    await catchUp.withAll();
    expect(await olderTo(database.db)).toBeUndefined();
  });
});
