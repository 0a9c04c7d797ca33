import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { artifactRow, storeAndIndex } from "@test/search";
import { distilTogether } from "./distil-together";
import { nextQueued, queueLength, storeQueued } from "./embed-queue";
import { sendOlder, startRenewal } from "./renewal";
import { wantVersion } from "./vector-versions";

const never = new AbortController().signal;
const model = { id: "other@1", dimension: 2 };

/** An artifact whose vectors another model made, and whose index is then an earlier version's. */
async function embeddedBefore(db: Db): Promise<void> {
  await wantVersion(db, model);
  const row = artifactRow("a", "We decided to move the crane.", { title: "Crane", insightState: "offline" });
  await db.insert(mdArtifacts).values(row);
  await distilTogether(db, { integration: "notes" }, never);
  for (const artifact of await nextQueued(db, model.id, 0, 10)) {
    const some = (texts: readonly string[]) => texts.map((_, n) => Float32Array.of(1, n));
    const { content, keyPoints, questions } = artifact.texts;
    const vectors = {
      model: model.id,
      content: some(content),
      keyPoints: some(keyPoints),
      questions: some(questions),
    };
    await storeQueued(db, [{ artifact, vectors }]);
  }
  await db.transaction((tx) => startRenewal(tx));
}

async function vectorsOf(db: Db, table = "contentEmbedding"): Promise<unknown[]> {
  return (await db.raw.all(`SELECT vector FROM ${table} ORDER BY ordinal`)).map(({ vector }) => vector);
}

async function rowIds(db: Db): Promise<number[]> {
  return (await db.raw.all("SELECT rowId AS id FROM contentEmbedding")).map(({ id }) => Number(id));
}

describe("vectors that a model made before", () => {
  test("are kept where an artifact is indexed anew with the texts it had", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await embeddedBefore(db);
    const [passages, keyPoints, ids] = [
      await vectorsOf(db),
      await vectorsOf(db, "keyPointsEmbedding"),
      await rowIds(db),
    ];
    expect([passages.length, keyPoints.length]).toEqual([1, 1]);
    await sendOlder(db, 0, 10);
    await distilTogether(db, { integration: "notes" }, never);
    expect(await vectorsOf(db)).toEqual(passages);
    expect(await vectorsOf(db, "keyPointsEmbedding")).toEqual(keyPoints);
    // By the new number whoever holds vectors in memory finds that they belong to new rows.
    expect(Math.min(...(await rowIds(db)))).toBeGreaterThan(Math.max(...ids));
    expect(await queueLength(db)).toBe(0);
  });

  test("stay for its passages until new ones are made where its insights read otherwise", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await embeddedBefore(db);
    await db.update(mdArtifacts).set({ keyPoints: ["As an earlier version put it."] });
    await sendOlder(db, 0, 10);
    await distilTogether(db, { integration: "notes" }, never);
    expect(await vectorsOf(db)).toHaveLength(1);
    expect(await vectorsOf(db, "keyPointsEmbedding")).toEqual([]);
    expect(await queueLength(db)).toBe(1);
  });

  test("go with a text that changed", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await embeddedBefore(db);
    await db
      .update(mdArtifacts)
      .set({ markdown: "The crane stays.", contentHash: "2", indexedHash: null, insightHash: null })
      .where(eq(mdArtifacts.id, "a"));
    await distilTogether(db, { integration: "notes" }, never);
    expect(await vectorsOf(db)).toEqual([]);
    expect(await queueLength(db)).toBe(1);
  });

  test("go with a title that changed, which passages are embedded under", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await embeddedBefore(db);
    await db
      .update(mdArtifacts)
      .set({ title: "Lift", contentHash: "2", indexedHash: null, insightHash: null })
      .where(eq(mdArtifacts.id, "a"));
    await distilTogether(db, { integration: "notes" }, never);
    expect(await vectorsOf(db)).toEqual([]);
    expect(await queueLength(db)).toBe(1);
  });

  test("of a version that is no longer wanted are not kept", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "text")]);
    await db.raw.run("UPDATE vectorIndex SET state = 'dropped'");
    await wantVersion(db, model);
    await db.transaction((tx) => startRenewal(tx));
    await sendOlder(db, 0, 10);
    await distilTogether(db, { integration: "notes" }, never);
    expect(await vectorsOf(db)).toEqual([]);
  });
});
