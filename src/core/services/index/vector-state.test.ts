import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { inlineEmbedder } from "./inline-embedder";
import { countVectorsByState, readVectorState } from "./vector-state";
import { noteProblem, switchWhenComplete, wantVersion } from "./vector-versions";

const other = { id: "other@1", dimension: 8 };
const rows = () => [artifactRow("a", "one"), artifactRow("b", "two"), artifactRow("empty", " ")];

describe("the state of the vector index", () => {
  test("of a new database is that there is none", async () => {
    await using database = await temporaryDatabase();
    expect(await readVectorState(database.db)).toEqual({
      model: null,
      building: null,
      waiting: 0,
      problem: null,
    });
    expect(await countVectorsByState(database.db)).toEqual({ active: 0, building: 0, dropped: 0 });
  });

  test("follows a build from its start to the change-over", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows());
    await wantVersion(db, other);
    const building = async () => (await readVectorState(db)).building;
    expect(await building()).toEqual({ model: other.id, done: 0, total: 2 });
    await db.raw.run("DELETE FROM searchEmbedQueue WHERE no = (SELECT min(no) FROM searchEmbedQueue)");
    expect(await building()).toEqual({ model: other.id, done: 1, total: 2 });
    expect(await readVectorState(db)).toMatchObject({ model: inlineEmbedder.id, waiting: 1, problem: null });
    const { active, dropped } = await countVectorsByState(db);
    expect(active).toBeGreaterThanOrEqual(2);
    expect(dropped).toBe(0);
    await db.raw.run("DELETE FROM searchEmbedQueue");
    await switchWhenComplete(db);
    expect(await readVectorState(db)).toMatchObject({ model: other.id, building: null, waiting: 0 });
    expect(await countVectorsByState(db)).toEqual({ active: 0, building: 0, dropped: active });
  });

  test("tells the newest problem, also of a model that could not be opened, until embedding goes on", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows());
    await noteProblem(db, undefined, "The endpoint does not answer.");
    const problem = async () => (await readVectorState(db)).problem;
    expect(await problem()).toBe("The endpoint does not answer.");
    await wantVersion(db, other);
    await db.raw.run("UPDATE vectorIndex SET problemAt = '2020-01-01T00:00:00.000Z'");
    await noteProblem(db, other.id, "The key was refused.");
    expect(await problem()).toBe("The key was refused.");
    await noteProblem(db, other.id, null);
    expect(await problem()).toBeNull();
  });
});
