import { expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { nextTurn } from "@/lib/next-turn";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { KindBits } from "./kind-bits";

const model = { model: inlineEmbedder.id, dimension: inlineEmbedder.dimension };

/** Copies each vector of the first `count` artifacts, as if they had as many more key points. */
async function addVectors(db: Db, ordinal: number, count: number): Promise<void> {
  await db.raw.run(
    `INSERT INTO keyPointsEmbedding (artifactId, model, ordinal, vector)
     SELECT artifactId, model, ?, vector FROM keyPointsEmbedding WHERE ordinal = 0 LIMIT ?`,
    [ordinal, count],
  );
}

test("bits that are made anew lack nothing of what came in meanwhile, however far either reading is", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const rows = Array.from({ length: 50 }, (_, at) =>
    artifactRow(`a${at}`, `Note ${at}.`, { keyPoints: [`Note ${at}`] }),
  );
  await storeAndIndex(db, rows);
  // Several pages, between which others get their turn.
  for (let ordinal = 1; ordinal < 20; ordinal++) await addVectors(db, ordinal, 50);
  const kind = new KindBits(db, "keyPointsEmbedding", model);
  await kind.catchUp();
  expect(kind.current.store.count).toBe(1_000);
  const rebuilding = kind.rebuild();
  await nextTurn();
  // Taken in by the bits that are to be replaced, at once and while they are.
  await addVectors(db, 20, 1);
  await kind.catchUp();
  expect(kind.current.store.count).toBe(1_001);
  for (let ordinal = 21; ordinal < 38; ordinal++) await addVectors(db, ordinal, 50);
  await Promise.all([kind.catchUp(), rebuilding]);
  expect(kind.current.store.count).toBe(1_851);
});

test("bits are made anew also once the newest vectors are gone, as after a source was deleted", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, [artifactRow("a", "Note.", { keyPoints: ["Note"] })]);
  for (let ordinal = 1; ordinal < 20; ordinal++) await addVectors(db, ordinal, 1);
  const kind = new KindBits(db, "keyPointsEmbedding", model);
  await kind.catchUp();
  await db.raw.run("DELETE FROM keyPointsEmbedding WHERE ordinal > 4");
  await kind.rebuild();
  expect(kind.current.store.count).toBe(5);
});
