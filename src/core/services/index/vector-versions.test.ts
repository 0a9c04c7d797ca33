import { describe, expect, test } from "bun:test";
import { contentEmbedding } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { ensureIndex } from "./index-schema";
import { inlineEmbedder } from "./inline-embedder";
import {
  dropOldVersions,
  embedsInline,
  switchWhenComplete,
  vectorVersions,
  wantVersion,
} from "./vector-versions";

const other = { id: "other@1", dimension: 8 };

async function states(db: Db): Promise<Record<string, string>> {
  return Object.fromEntries((await vectorVersions(db)).map(({ model, state }) => [model, state]));
}

async function queued(db: Db): Promise<number> {
  const [row] = await db.raw.all("SELECT count(*) AS n FROM searchEmbedQueue");
  return Number(row?.["n"]);
}

describe("versions of the vector index", () => {
  test("the first is active at once, and vectors are made with the index", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    expect(await embedsInline(db)).toBe(true);
    await storeAndIndex(db, [artifactRow("a", "text")]);
    expect(await states(db)).toEqual({ [inlineEmbedder.id]: "active" });
    expect(await db.$count(contentEmbedding)).toBe(1);
    expect(await queued(db)).toBe(0);
  });

  test("another model is built beside the active one; what comes in meanwhile waits for it too", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "text"), artifactRow("empty", " ")]);
    await wantVersion(db, other);
    expect(await states(db)).toEqual({ [inlineEmbedder.id]: "active", [other.id]: "building" });
    expect(await queued(db)).toBe(1);
    await storeAndIndex(db, [artifactRow("b", "more text")]);
    expect(await queued(db)).toBe(2);
    expect(await db.$count(contentEmbedding)).toBe(2);
    expect(await switchWhenComplete(db)).toBeUndefined();
    await db.raw.run("DELETE FROM searchEmbedQueue");
    expect(await switchWhenComplete(db)).toBe(other.id);
    expect(await states(db)).toEqual({ [other.id]: "active", [inlineEmbedder.id]: "dropped" });
    await dropOldVersions(db);
    expect(await states(db)).toEqual({ [other.id]: "active" });
    expect(await db.$count(contentEmbedding)).toBe(0);
    expect(await embedsInline(db)).toBe(false);
  });

  test("asking again changes nothing, so a build goes on where it stood", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "text"), artifactRow("b", "text")]);
    await wantVersion(db, other);
    await db.raw.run("DELETE FROM searchEmbedQueue WHERE no = 1");
    await wantVersion(db, other);
    expect(await queued(db)).toBe(1);
  });

  test("a build is given up for a third model, or for the active one", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "text")]);
    await wantVersion(db, other);
    await wantVersion(db, { id: "third", dimension: 4 });
    expect(await states(db)).toMatchObject({ [other.id]: "dropped", third: "building" });
    await wantVersion(db, inlineEmbedder);
    expect(await states(db)).toEqual({
      [inlineEmbedder.id]: "active",
      [other.id]: "dropped",
      third: "dropped",
    });
    expect(await queued(db)).toBe(0);
    await wantVersion(db, other);
    expect(await states(db)).toMatchObject({ [other.id]: "building" });
    expect(await queued(db)).toBe(1);
  });

  test("an artifact that goes no longer waits", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "text")]);
    await wantVersion(db, other);
    await db.raw.run("DELETE FROM mdArtifacts");
    expect(await queued(db)).toBe(0);
  });

  test("can be wanted before the search tables are there", async () => {
    await using database = await temporaryDatabase();
    await wantVersion(database.db, other);
    await ensureIndex(database.db);
    await storeAndIndex(database.db, [artifactRow("a", "text")]);
    expect(await queued(database.db)).toBe(1);
    expect(await states(database.db)).toEqual({ [other.id]: "active" });
  });

  test("whose rows are being dropped keeps those that are made once another process wants it again", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "text")]);
    await wantVersion(db, other);
    await db.raw.run("DELETE FROM searchEmbedQueue");
    await switchWhenComplete(db);
    let isFirst = true;
    const run: Db["raw"]["run"] = async (sql, params) => {
      if (isFirst && sql.startsWith("DELETE FROM contentEmbedding")) {
        isFirst = false;
        await db.raw.run("UPDATE vectorIndex SET state = 'building' WHERE model = ?", [inlineEmbedder.id]);
      }
      return db.raw.run(sql, params);
    };
    await dropOldVersions(Object.assign(Object.create(db), { raw: { ...db.raw, run } }));
    expect(isFirst).toBe(false);
    expect(await states(db)).toEqual({ [other.id]: "active", [inlineEmbedder.id]: "building" });
    expect(await db.$count(contentEmbedding)).toBe(1);
  });
});
