import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { openDatabase } from "@/core/db/open";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { LogFields } from "@/core/models/logger";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { temporaryDatabase, temporaryFolder } from "@test/database";
import { createRandom } from "@test/random";
import { artifactRow, storeAndIndex } from "@test/search";
import type { Filter } from "../filters";
import { BitVectors } from "./bit-vectors";
import { exactVectors } from "@test/exact-vectors";

const model = { model: inlineEmbedder.id, dimension: inlineEmbedder.dimension };
const everything: Filter = { sql: "a.live = 1", parameters: [], narrows: false };
const words = "key travel lunch budget cloud hotel train invoice plan team desk month quarter road sea".split(
  " ",
);

function rowsOf(count: number, from = 0, integration = "notes") {
  const random = createRandom(from + 1).next;
  const word = () => words[Math.floor(random() * words.length)] ?? "";
  const sentence = () => Array.from({ length: 6 }, word).join(" ");
  return Array.from({ length: count }, (_, at) =>
    artifactRow(`${integration}${from + at}`, `${sentence()}.`, {
      integration,
      keyPoints: [sentence()],
      questionsAnswered: [`${sentence()}?`],
    }),
  );
}

async function embedded(text: string): Promise<Float32Array> {
  const [vector] = await inlineEmbedder.embed([text], "query");
  return vector ?? new Float32Array();
}

/** Ids of the nearest artifacts. */
async function nearest(db: Db, vectors: BitVectors, text: string, filter = everything): Promise<string[]> {
  const { chunks } = await vectors.candidates(await embedded(text), filter, 3);
  const rows = await db.raw.all(
    `SELECT a.artifactId AS id FROM json_each(?) j JOIN searchArtifact a ON a.no = j.value ORDER BY j.key`,
    [JSON.stringify(chunks.map(({ no }) => no))],
  );
  return rows.map((row) => String(row["id"]));
}

describe("vectors by their bits", () => {
  test("are the same as by comparing all of them, under any filter", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [...rowsOf(150), ...rowsOf(50, 0, "chat")]);
    const bits = new BitVectors({ db }, model);
    const exact = exactVectors(db, model.model);
    const chat: Filter = { sql: "a.live = 1 AND a.integration = ?", parameters: ["chat"], narrows: true };
    for (const filter of [everything, chat]) {
      const query = await embedded("train budget for the quarter");
      const expected = await exact.candidates(query, filter, 10);
      const found = await bits.candidates(query, filter, 10);
      for (const kind of ["chunks", "keyPoints", "questions"] as const) {
        expect(found[kind].map(({ no }) => no)).toEqual(expected[kind].map(({ no }) => no));
        expect(found[kind][0]?.cosine).toBeCloseTo(expected[kind][0]?.cosine ?? 0, 5);
      }
    }
    const chunk = (await bits.candidates(await embedded("sea"), everything, 1)).chunks[0];
    const again = await bits.cosines(await embedded("sea"), [chunk?.rowId ?? 0, 999_999]);
    expect([...again]).toEqual([[chunk?.rowId ?? 0, expect.closeTo(chunk?.cosine ?? 0, 5)]]);
    await storeAndIndex(db, rowsOf(1, 500));
    const [newest] = await db.raw.all("SELECT max(rowId) AS rowId FROM searchChunk");
    const rowIds = [chunk?.rowId ?? 0, Number(newest?.["rowId"])];
    expect([...(await bits.cosines(await embedded("sea"), rowIds)).keys()]).toEqual(rowIds);
  });

  test("know at once what was added, changed and removed", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rowsOf(20));
    const vectors = new BitVectors({ db }, model);
    expect(await nearest(db, vectors, "zebra crossing")).not.toContain("zebra");
    await storeAndIndex(db, [artifactRow("zebra", "zebra crossing")]);
    expect((await nearest(db, vectors, "zebra crossing"))[0]).toBe("zebra");
    await db.delete(mdArtifacts).where(eq(mdArtifacts.id, "zebra"));
    expect(await nearest(db, vectors, "zebra crossing")).not.toContain("zebra");
    const changed = { markdown: "zebra crossing", contentHash: "new", indexedHash: null };
    await db.update(mdArtifacts).set(changed).where(eq(mdArtifacts.id, "notes3"));
    expect(await nearest(db, vectors, "zebra crossing")).not.toContain("notes3");
    await storeAndIndex(db, [artifactRow("other", "more")]);
    expect((await nearest(db, vectors, "zebra crossing"))[0]).toBe("notes3");
  });

  test("know what another connection wrote, as another process would", async () => {
    await using database = await temporaryDatabase();
    const other = openDatabase(join(database.folder, "stoneturner.db"));
    await storeAndIndex(database.db, rowsOf(5));
    const vectors = new BitVectors({ db: other.db }, model);
    expect(await nearest(other.db, vectors, "zebra crossing")).toHaveLength(3);
    await storeAndIndex(database.db, [artifactRow("zebra", "zebra crossing")]);
    expect((await nearest(other.db, vectors, "zebra crossing"))[0]).toBe("zebra");
    other.close();
  });

  test("of an index that was made anew are read anew", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rowsOf(10));
    const vectors = new BitVectors({ db }, model);
    await nearest(db, vectors, "sea");
    await db.raw.run("UPDATE setting SET value = '0' WHERE key = 'searchIndex'");
    await storeAndIndex(db, [artifactRow("zebra", "zebra crossing")]);
    expect((await nearest(db, vectors, "zebra crossing"))[0]).toBe("zebra");
  });
});

test("an outgrown mean is taken anew beside searches, which find the same before, meanwhile and after", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, rowsOf(5));
  const vectors = new BitVectors({ db }, model);
  await nearest(db, vectors, "train budget");
  await storeAndIndex(db, rowsOf(300, 5));
  const { chunks } = await exactVectors(db, model.model).candidates(
    await embedded("train budget"),
    everything,
    3,
  );
  const found = async () => {
    const near = await vectors.candidates(await embedded("train budget"), everything, 3);
    return near.chunks.map(({ no }) => no);
  };
  const expected = chunks.map(({ no }) => no);
  expect(await found()).toEqual(expected);
  const [meanwhile] = await Promise.all([found(), vectors.catchUp(), found()]);
  expect([meanwhile, await found()]).toEqual([expected, expected]);
});

describe("the file of bits", () => {
  async function opened(path: string, db: Db) {
    const lines: { message: string; fields: LogFields }[] = [];
    const take = (message: string, fields: LogFields = {}) => void lines.push({ message, fields });
    const log = { debug: take, info: take, warn: take, error: take, child: () => log };
    const vectors = new BitVectors({ db, path, log }, model);
    const found = await nearest(db, vectors, "zebra crossing");
    const loaded = lines.find(({ fields }) => fields["fromFile"] !== undefined)?.fields;
    const warnings = lines.flatMap(({ fields }) =>
      fields["reason"] === undefined ? [] : [fields["reason"]],
    );
    return { vectors, found, fromFile: loaded?.["fromFile"], warnings };
  }

  test("spares the next start from reading the vectors, and is brought up to date by it", async () => {
    await using database = await temporaryDatabase();
    using folder = temporaryFolder();
    const { db } = database;
    const path = join(folder.path, "bits");
    await storeAndIndex(db, rowsOf(30));
    const first = await opened(path, db);
    expect([first.fromFile, first.warnings]).toEqual([false, []]);
    await first.vectors.maintain();
    await storeAndIndex(db, [artifactRow("zebra", "zebra crossing")]);
    await db.delete(mdArtifacts).where(eq(mdArtifacts.id, "notes1"));
    const second = await opened(path, db);
    expect([second.fromFile, second.warnings, second.found[0]]).toEqual([true, [], "zebra"]);
  });

  test("whose vectors were all made anew is left by a start, and replaced by who saw it happen", async () => {
    await using database = await temporaryDatabase();
    using folder = temporaryFolder();
    const { db } = database;
    const path = join(folder.path, "bits");
    await storeAndIndex(db, [...rowsOf(30), artifactRow("zebra", "zebra crossing")]);
    const running = await opened(path, db);
    await running.vectors.maintain();
    await db.update(mdArtifacts).set({ indexedHash: null });
    await indexVectorDbStep("notes", db);
    const before = await opened(path, db);
    expect([before.fromFile, before.warnings]).toEqual([false, ["much of it is gone"]]);
    await running.vectors.maintain();
    const after = await opened(path, db);
    expect([after.fromFile, after.warnings, after.found[0]]).toEqual([true, [], "zebra"]);
  });

  test("that is damaged, foreign or of another history is made anew, and says so once", async () => {
    await using database = await temporaryDatabase();
    await using stranger = await temporaryDatabase();
    using folder = temporaryFolder();
    const { db } = database;
    const path = join(folder.path, "bits");
    await storeAndIndex(db, [...rowsOf(30), artifactRow("zebra", "zebra crossing")]);
    await storeAndIndex(stranger.db, rowsOf(30));
    const { vectors } = await opened(path, db);
    await vectors.maintain();
    const good = new Uint8Array(await Bun.file(path).arrayBuffer());
    const flipped = good.slice();
    flipped[flipped.length - 700] = (flipped.at(-700) ?? 0) ^ 0xff;
    const damaged = [flipped, good.slice(0, 900), good.slice(0, 2), new Uint8Array(50), Buffer.from("PNG")];
    for (const bytes of damaged) {
      await Bun.write(path, bytes);
      const { fromFile, warnings, found } = await opened(path, db);
      expect([fromFile, warnings.length, found[0]]).toEqual([false, 1, "zebra"]);
    }
    await Bun.write(path, good);
    expect((await opened(path, stranger.db)).warnings).toEqual(["it belongs to another index"]);
    await db.raw.run("UPDATE keyPointsEmbedding SET vector = zeroblob(1024) WHERE rowId = 30");
    expect((await opened(path, db)).warnings).toEqual(["some of its vectors are not the database's"]);
    expect(existsSync(path)).toBe(true);
  });

  test("another model's vectors beside its own are not taken for missing ones", async () => {
    await using database = await temporaryDatabase();
    using folder = temporaryFolder();
    const { db } = database;
    const path = join(folder.path, "bits");
    const copyFor = (id: string) =>
      db.raw.run(
        `INSERT INTO contentEmbedding (artifactId, ordinal, model, vector)
         SELECT artifactId, ordinal, ?, vector FROM contentEmbedding WHERE model = ?`,
        [id, model.model],
      );
    await storeAndIndex(db, rowsOf(30));
    await copyFor("another");
    // After these, so that the other model's are among those that the file speaks of.
    await storeAndIndex(db, [artifactRow("zebra", "zebra crossing")]);
    const { vectors } = await opened(path, db);
    await vectors.maintain();
    const fits = await opened(path, db);
    expect([fits.fromFile, fits.warnings, fits.found[0]]).toEqual([true, [], "zebra"]);
    // A history in which the same rows are this model's.
    await db.raw.run(
      "UPDATE contentEmbedding SET model = ?, ordinal = ordinal + 1000 WHERE model = 'another'",
      [model.model],
    );
    expect((await opened(path, db)).warnings).toEqual(["the database holds more"]);
  });
});
