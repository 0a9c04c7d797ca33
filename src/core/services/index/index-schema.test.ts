import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { distilTogether } from "./distil-together";
import { ensureIndex, hasIndex } from "./index-schema";
import { removeFromIndex } from "./remove";

async function countRows(db: Db): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const tables = [
    "chunk",
    "searchChunk",
    "searchTerms",
    "searchArtifact",
    "searchEntity",
    "contentEmbedding",
  ];
  for (const table of [...tables, "keyPointsEmbedding", "questionsAnsweredEmbedding"]) {
    const [row] = await db.raw.all(`SELECT count(*) AS n FROM ${table}`);
    counts[table] = Number(row?.["n"]);
  }
  const [text] = await db.raw.all("SELECT count(*) AS n FROM searchText WHERE searchText MATCH 'hello'");
  const [field] = await db.raw.all("SELECT count(*) AS n FROM searchField WHERE searchField MATCH 'greet'");
  return { ...counts, text: Number(text?.["n"]), field: Number(field?.["n"]) };
}

const nothing = {
  chunk: 0,
  searchChunk: 0,
  searchTerms: 0,
  searchArtifact: 0,
  searchEntity: 0,
  contentEmbedding: 0,
  keyPointsEmbedding: 0,
  questionsAnsweredEmbedding: 0,
  text: 0,
  field: 0,
};

const hello = artifactRow("a1", "Hello world", {
  title: "Greeting",
  keyPoints: ["A greeting"],
  questionsAnswered: ["Who is greeted?"],
  entities: ["World"],
});

describe("the search tables", () => {
  test("are made once", async () => {
    await using database = await temporaryDatabase();
    expect(await hasIndex(database.db)).toBe(false);
    expect(await ensureIndex(database.db)).toBe(true);
    expect(await ensureIndex(database.db)).toBe(false);
    expect(await hasIndex(database.db)).toBe(true);
  });

  test("get what came to them later without anything being indexed anew", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [hello]);
    const before = await countRows(db);
    await db.raw.run("DROP TRIGGER searchChangeLive");
    await db.raw.run("DROP TABLE searchChange");
    expect(await ensureIndex(db)).toBe(false);
    expect(await countRows(db)).toEqual(before);
    await db.update(mdArtifacts).set({ deletedAt: "2026-01-01" }).where(eq(mdArtifacts.id, "a1"));
    expect(await db.raw.all("SELECT count(*) AS n FROM searchChange")).toEqual([{ n: 1 }]);
  });

  test("of another version are made anew and everything waits", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [hello]);
    await db.raw.run("UPDATE setting SET value = '0' WHERE key = 'searchIndex'");
    expect(await ensureIndex(db)).toBe(true);
    const [row] = await db.select().from(mdArtifacts);
    expect(row?.indexedHash).toBeNull();
    await storeAndIndex(db, [{ ...hello, id: "a2", integrationArtifactId: "a2" }]);
    expect(await countRows(db)).toMatchObject({ chunk: 2, searchChunk: 2, text: 2, contentEmbedding: 2 });
  });

  test("of another version have offline insights made anew, and no others", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const old = { keyPoints: ["As it was."], questionsAnswered: [], entities: [] };
    const markdown = "We decided to refund every order within 30 days.";
    for (const insightState of ["offline", "llm", "provided"] as const) {
      const row = artifactRow(insightState, markdown, { ...old, insightState });
      await db.insert(mdArtifacts).values({ ...row, insightHash: row.contentHash });
    }
    await ensureIndex(db);
    await db.raw.run("UPDATE setting SET value = '0' WHERE key = 'searchIndex'");
    await distilTogether(db, { integration: hello.integration }, new AbortController().signal);
    const rows = await db.select().from(mdArtifacts);
    expect(Object.fromEntries(rows.map(({ id, keyPoints }) => [id, keyPoints]))).toEqual({
      offline: [markdown],
      llm: old.keyPoints,
      provided: old.keyPoints,
    });
    for (const { indexedHash, contentHash } of rows) expect(indexedHash).toBe(contentHash);
  });

  test("of a newer version are only taken by a process that starts", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [hello]);
    const before = await countRows(db);
    await db.raw.run("UPDATE setting SET value = '999' WHERE key = 'searchIndex'");
    await expect(ensureIndex(db)).rejects.toThrow(
      "A newer version of Stoneturner works on this data folder.",
    );
    await expect(storeAndIndex(db, [{ ...hello, id: "a2", integrationArtifactId: "a2" }])).rejects.toThrow();
    expect(await countRows(db)).toEqual(before);
    expect(await ensureIndex(db, { evenNewer: true })).toBe(true);
    expect(await ensureIndex(db)).toBe(false);
  });

  test("that lost a trigger are made anew", async () => {
    await using database = await temporaryDatabase();
    await ensureIndex(database.db);
    await database.db.raw.run("DROP TRIGGER searchChunkGone");
    expect(await ensureIndex(database.db)).toBe(true);
  });

  test("hold nothing of an artifact whose row is deleted by anyone", async () => {
    await using database = await temporaryDatabase();
    await storeAndIndex(database.db, [hello]);
    expect(await countRows(database.db)).toEqual({
      chunk: 1,
      searchChunk: 1,
      searchTerms: 1,
      searchArtifact: 1,
      searchEntity: 1,
      contentEmbedding: 1,
      keyPointsEmbedding: 1,
      questionsAnsweredEmbedding: 1,
      text: 1,
      field: 1,
    });
    await database.db.delete(mdArtifacts).where(eq(mdArtifacts.id, "a1"));
    expect(await countRows(database.db)).toEqual(nothing);
  });
});

describe("removeFromIndex", () => {
  test("takes everything out in the caller's transaction and marks the artifact as not indexed", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [hello]);
    await db.transaction((tx) => removeFromIndex(tx, ["a1", "unknown"]));
    expect(await countRows(db)).toEqual(nothing);
    const [row] = await db.select().from(mdArtifacts);
    expect(row?.indexedHash).toBeNull();
  });

  test("is undone with the transaction", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [hello]);
    const failing = db.transaction(async (tx) => {
      await removeFromIndex(tx, ["a1"]);
      throw new Error("the sync failed");
    });
    await expect(failing).rejects.toThrow("the sync failed");
    await failing.catch(() => undefined);
    expect(await countRows(db)).toMatchObject({ chunk: 1, text: 1, field: 1 });
  });

  test("works before the search tables were made", async () => {
    await using database = await temporaryDatabase();
    await database.db.transaction((tx) => removeFromIndex(tx, ["a1"]));
    expect(await hasIndex(database.db)).toBe(false);
  });
});
