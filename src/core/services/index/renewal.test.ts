import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { searchProblems } from "@/core/db/queries/search-health";
import { createSearch } from "@/core/services/search/search";
import { temporaryDatabase } from "@test/database";

import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { distilTogether } from "./distil-together";
import { ensureIndex, indexGeneration, isIndexReady } from "./index-schema";
import { countOlder, endRenewal, olderTo, sendOlder } from "./renewal";

const never = new AbortController().signal;

/** Notes of two integrations, indexed, in an index that the version before this one made. */
async function olderIndex(db: Db, notes = 4): Promise<void> {
  const rows = Array.from({ length: notes }, (_, n) =>
    artifactRow(`n${n}`, `We decided to move crane number ${n} to the harbour.`, {
      integration: n % 2 === 0 ? "notes" : "chat",
      insightState: "offline",
    }),
  );
  await storeAndIndex(
    db,
    rows.map((row) => ({ ...row, insightHash: row.contentHash })),
  );
  await db.raw.run("UPDATE setting SET value = value - 1 WHERE key = 'searchIndex'");
}

async function found(db: Db): Promise<string[]> {
  const search = createSearch({ db, registry: registryOf("notes", "chat") });
  const { results } = await search({ query: "harbour crane" });
  return results.map(({ id }) => id).toSorted();
}

const all = ["n0", "n1", "n2", "n3"];

describe("an index of an earlier version with the same tables", () => {
  test("stays in use, and everything in it counts as older", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db);
    const generation = await indexGeneration(db);
    expect(await isIndexReady(db)).toBe(false);
    expect(await ensureIndex(db)).toBe(false);
    expect(await isIndexReady(db)).toBe(true);
    expect(await indexGeneration(db)).toBe(generation);
    expect(await countOlder(db)).toBe(4);
    expect(await db.$count(mdArtifacts, eq(mdArtifacts.indexedHash, mdArtifacts.contentHash))).toBe(4);
    expect(await found(db)).toEqual(all);
  });

  test("is renewed without a new date of what reads as it did", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db, 2);
    // As an earlier version made them, long ago; one of them reads otherwise now.
    await ensureIndex(db);
    await sendOlder(db, 0, 2);
    for (const integration of ["notes", "chat"]) await distilTogether(db, { integration }, never);
    await db.raw.run("UPDATE setting SET value = value - 1 WHERE key = 'searchIndex'");
    await db.raw.run("UPDATE mdArtifacts SET updateDate = '2026-01-02T00:00:00.000Z'");
    await db.raw.run(`UPDATE mdArtifacts SET entities = '["Somebody Else"]' WHERE id = 'n1'`);
    await ensureIndex(db);
    await sendOlder(db, 0, 10);
    for (const integration of ["notes", "chat"]) await distilTogether(db, { integration }, never);
    const rows = await db.select().from(mdArtifacts).orderBy(mdArtifacts.id);
    expect(rows.map((row) => row.indexedHash === row.contentHash)).toEqual([true, true]);
    expect(rows.map((row) => row.updateDate === "2026-01-02T00:00:00.000Z")).toEqual([true, false]);
  });

  test("is renewed piece by piece, and each piece is found as it was until its new rows are there", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db);
    await ensureIndex(db);
    expect(await sendOlder(db, 0, 3)).toEqual({ last: 3, integrations: ["notes", "chat"] });
    expect(await found(db)).toEqual(all);
    expect(await searchProblems(db)).toEqual([]);
    await distilTogether(db, { integration: "notes" }, never);
    expect(await countOlder(db)).toBe(2);
    expect(await found(db)).toEqual(all);
    await distilTogether(db, { integration: "chat" }, never);
    expect(await sendOlder(db, 3, 3)).toEqual({ last: 4, integrations: ["chat"] });
    await distilTogether(db, { integration: "chat" }, never);
    expect(await sendOlder(db, 4, 3)).toBeUndefined();
    expect(await countOlder(db)).toBe(0);
    await endRenewal(db, await olderTo(db));
    expect(await olderTo(db)).toBeUndefined();
    expect(await found(db)).toEqual(all);
    expect(await searchProblems(db)).toEqual([]);
  });

  test("has offline insights made anew with it, and no others", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db);
    await db
      .update(mdArtifacts)
      .set({ insightState: "llm", keyPoints: ["Given."] })
      .where(eq(mdArtifacts.id, "n0"));
    await ensureIndex(db);
    await sendOlder(db, 0, 10);
    for (const integration of ["notes", "chat"]) await distilTogether(db, { integration }, never);
    const rows = await db.select().from(mdArtifacts);
    expect(rows.find(({ id }) => id === "n0")?.keyPoints).toEqual(["Given."]);
    expect(rows.find(({ id }) => id === "n1")?.keyPoints).toEqual([
      "We decided to move crane number 1 to the harbour.",
    ]);
    expect(rows.every(({ indexedHash, contentHash }) => indexedHash === contentHash)).toBe(true);
  });

  test("does not show what changed at the source in the meantime, or went", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db);
    await ensureIndex(db);
    await sendOlder(db, 0, 10);
    await db
      .update(mdArtifacts)
      .set({ markdown: "No such machine any more.", contentHash: "another", indexedHash: null })
      .where(eq(mdArtifacts.id, "n1"));
    await db.update(mdArtifacts).set({ deletedAt: "2026-01-02" }).where(eq(mdArtifacts.id, "n2"));
    expect(await found(db)).toEqual(["n0", "n3"]);
    await db.update(mdArtifacts).set({ deletedAt: null }).where(eq(mdArtifacts.id, "n2"));
    expect(await found(db)).toEqual(["n0", "n3"]);
    for (const integration of ["notes", "chat"]) await distilTogether(db, { integration }, never);
    expect(await found(db)).toEqual(["n0", "n2", "n3"]);
  });

  test("that meets a still newer version is older once more, as a whole", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db);
    await ensureIndex(db);
    const before = await olderTo(db);
    await sendOlder(db, 0, 2);
    for (const integration of ["notes", "chat"]) await distilTogether(db, { integration }, never);
    await db.raw.run("UPDATE setting SET value = value - 1 WHERE key = 'searchIndex'");
    await ensureIndex(db);
    expect(await countOlder(db)).toBe(4);
    await endRenewal(db, before);
    expect(await countOlder(db)).toBe(4);
  });

  test("whose tables are not whole is made anew", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db);
    await ensureIndex(db);
    await db.raw.run("UPDATE setting SET value = value - 1 WHERE key = 'searchIndex'");
    await db.raw.run("DROP TRIGGER searchChunkGone");
    expect(await ensureIndex(db)).toBe(true);
    expect(await olderTo(db)).toBeUndefined();
    expect(await found(db)).toEqual([]);
  });

  test("loses the trigger that took out of view what waits", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await olderIndex(db);
    await db.raw.run("DROP TRIGGER searchArtifactServed");
    await db.raw.run(
      `CREATE TRIGGER searchArtifactLive AFTER UPDATE OF indexedHash ON mdArtifacts
       BEGIN UPDATE searchArtifact SET live = 0 WHERE artifactId = NEW.id; END`,
    );
    await ensureIndex(db);
    await sendOlder(db, 0, 10);
    expect(await found(db)).toEqual(all);
  });
});
