import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { temporaryDatabase } from "@test/database";
import { createRandom } from "@test/random";
import { artifactRow, storeAndIndex } from "@test/search";
import type { Filter } from "../filters";
import { ReadingBudget } from "./reading-budget";
import { TextIndex } from "./text-index";

const everything: Filter = { sql: "a.live = 1", parameters: [], narrows: false };
const words =
  "apple banana cherry damson elder fig grape hazel iris juniper kiwi lemon mango nettle olive".split(" ");

/** Artifacts of words by Zipf's law, so that some words are in nearly all and others in few. */
function rows(count: number, integration = "notes") {
  const random = createRandom(count).next;
  const word = () => words[Math.floor(words.length ** random()) - 1] ?? "apple";
  const text = () => Array.from({ length: 5 + Math.floor(random() * 60) }, word).join(" ");
  return Array.from({ length: count }, (_, at) =>
    artifactRow(`${integration}${at}`, text(), { integration, title: word(), keyPoints: [word(), word()] }),
  );
}

const total = async (db: Db) => Number((await db.raw.all("SELECT count(*) AS n FROM searchChunk"))[0]?.["n"]);

/** Query terms with their frequencies, the rarest first. */
async function termsOf(db: Db, stems: readonly string[]) {
  const found = await Promise.all(
    stems.map(async (stem) => {
      const [row] = await db.raw.all("SELECT doc FROM searchVocabulary WHERE term = ?", [stem]);
      return { stem, frequency: Number(row?.["doc"] ?? 0), count: 1 };
    }),
  );
  return found.filter(({ frequency }) => frequency > 0).sort((a, b) => a.frequency - b.frequency);
}

/** Ids of the artifacts of the best chunks. */
async function best(db: Db, index: TextIndex, stems: readonly string[], filter = everything, limit = 10) {
  const { chunks } = await index.chunks(await termsOf(db, stems), filter, limit, await total(db));
  const found = await db.raw.all(
    "SELECT a.artifactId AS id FROM json_each(?) j JOIN searchArtifact a ON a.no = j.value ORDER BY j.key",
    [JSON.stringify(chunks.map(({ no }) => no))],
  );
  return found.map((row) => String(row["id"]));
}

/** FTS5's own scores of artifacts that have any of the words, the best first. */
async function fullDisjunction(db: Db, stems: readonly string[]): Promise<Map<string, number>> {
  const found = await db.raw.all(
    `SELECT a.artifactId AS id, -bm25(searchText, 2.0, 1.0, 1.0) AS score FROM searchText f
     JOIN searchChunk c ON c.rowId = f.rowid JOIN searchArtifact a ON a.no = c.no WHERE searchText MATCH ? ORDER BY score DESC`,
    [stems.map((stem) => `"${stem}"`).join(" OR ")],
  );
  return new Map(found.map((row) => [String(row["id"]), Number(row["score"])]));
}

/** That these are FTS5's ten best; among equals, any. */
function expectTheBest(found: readonly string[], scores: ReadonlyMap<string, number>): void {
  expect(new Set(found).size).toBe(10);
  const expected = [...scores.values()].slice(0, 10);
  for (const [at, score] of expected.entries()) expect(scores.get(found[at] ?? "")).toBeCloseTo(score, 3);
}

const queries = [
  ["lemon", "fig"],
  ["junip", "mango", "elder"],
  ["kiwi"],
  ["nettl", "cherri", "hazel", "grape"],
];

describe("full text in memory", () => {
  test("ranks as FTS5 ranks the whole disjunction", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(300));
    const index = new TextIndex(db);
    for (const stems of queries) {
      expect(await termsOf(db, stems)).toHaveLength(stems.length);
      expectTheBest(await best(db, index, stems), await fullDisjunction(db, stems));
    }
    expect(await best(db, index, ["zebra"])).toEqual([]);
    expect(await best(db, index, ['fig" OR "kiwi'])).toEqual([]);
  });

  test("supposes once what is dear to read, and knows it after reading ahead", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(300));
    const stems = ["lemon", "fig", "banana"];
    const index = new TextIndex(db, { numbers: 10_000, fields: 1_000, exact: 10 });
    const expected = await fullDisjunction(db, stems);
    expect(await best(db, index, stems, everything, 300)).toEqual(
      expect.arrayContaining([...expected.keys()]),
    );
    while (await index.readAhead());
    expectTheBest(await best(db, index, stems), expected);
    const frugal = new TextIndex(db, { numbers: 20, fields: 1_000, exact: 10 });
    const { skipped } = await frugal.chunks(await termsOf(db, stems), everything, 10, await total(db));
    expect(skipped).toBeGreaterThan(0);
    while (await frugal.readAhead());
    const later = await frugal.chunks(await termsOf(db, stems), everything, 10, await total(db));
    expect(later.skipped).toBe(0);
    const whole = await frugal.chunks(
      await termsOf(db, stems),
      everything,
      10,
      await total(db),
      new ReadingBudget(Infinity),
    );
    expect(whole.skipped).toBe(0);
  });

  test("counts by their lists what the budget pays for, the shortest first, and the rest after reading ahead", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(300));
    const terms = (await termsOf(db, ["lemon", "fig", "banana"])).toSorted(
      (a, b) => a.frequency - b.frequency,
    );
    const about = new Map(terms.map(({ stem, frequency }) => [stem, frequency]));
    const [rarest, next] = terms.map(({ frequency }) => frequency);
    const enough = (rarest ?? 0) + (next ?? 0);
    const index = new TextIndex(db, { numbers: enough, fields: 1_000, exact: 4_000 });
    expect(await index.frequencies(about)).toEqual(
      new Map(terms.slice(0, 2).map(({ stem, frequency }) => [stem, frequency])),
    );
    // What one query could pay is paid together: nothing is left for what was too much.
    const budget = index.budget();
    await new TextIndex(db).frequencies(about, budget);
    const { skipped } = await new TextIndex(db).chunks(terms, everything, 10, await total(db), budget);
    expect(skipped).toBe(2);
    while (await index.readAhead());
    expect(await index.frequencies(about)).toEqual(about);
  });

  test("leaves out of short fields what is common in texts and in very many of them", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(300));
    const all = await new TextIndex(db).fields(["fig", "kiwi"], everything, 1_000);
    const index = new TextIndex(db, { numbers: 10_000, fields: 1, exact: 4_000 });
    const common = new Set(["fig", "kiwi"]);
    const some = await index.fields(["fig", "kiwi"], everything, 1_000, common);
    expect(some.size).toBeGreaterThan(0);
    expect(some.size).toBeLessThan(all.size);
    // What was read already costs nothing.
    for (const stem of common) await index.fields([stem], everything, 1);
    expect(await index.fields(["fig", "kiwi"], everything, 1_000, common)).toEqual(all);
  });

  test("makes exact what it supposed of chunks and of short fields that came in later", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(100));
    const index = new TextIndex(db, { numbers: 10_000, fields: 1_000, exact: 0 });
    const both = async () => [await index.fields(["fig"], everything, 20), await best(db, index, ["fig"])];
    await both();
    await storeAndIndex(db, rows(100, "chat"));
    const supposed = await both();
    while (await index.readAhead());
    expect(await both()).not.toEqual(supposed);
    const scores = await index.fields(["fig"], everything, 1_000);
    const expected = await new TextIndex(db).fields(["fig"], everything, 1_000);
    expect(scores.size).toBe(expected.size);
    for (const [no, score] of expected) expect(scores.get(no)).toBeCloseTo(score, 1);
    expectTheBest(await best(db, index, ["fig"]), await fullDisjunction(db, ["fig"]));
  });

  test("lets through exactly what the filter does", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [...rows(60), ...rows(40, "chat")]);
    const index = new TextIndex(db);
    const chat: Filter = { sql: "a.live = 1 AND a.integration = ?", parameters: ["chat"], narrows: true };
    const found = await best(db, index, ["appl", "banana"], chat, 1_000);
    const all = await best(db, index, ["appl", "banana"], everything, 1_000);
    expect(found.every((id) => id.startsWith("chat"))).toBe(true);
    expect(found).toEqual(all.filter((id) => id.startsWith("chat")));
  });

  test("knows at once what was added, changed and removed, also where a number might be given again", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(20));
    const index = new TextIndex(db);
    expect(await best(db, index, ["zebra"])).toEqual([]);
    await storeAndIndex(db, [artifactRow("last", "zebra crossing")]);
    expect(await best(db, index, ["zebra"])).toEqual(["last"]);
    const changed = { markdown: "quagga", contentHash: "new", indexedHash: null };
    await db.update(mdArtifacts).set(changed).where(eq(mdArtifacts.id, "last"));
    expect(await best(db, index, ["zebra"])).toEqual([]);
    await storeAndIndex(db, [artifactRow("other", "okapi")]);
    expect([await best(db, index, ["zebra"]), await best(db, index, ["quagga"])]).toEqual([[], ["last"]]);
    await db.delete(mdArtifacts).where(eq(mdArtifacts.id, "last"));
    expect(await best(db, index, ["quagga"])).toEqual([]);
    await db.raw.run("UPDATE setting SET value = '0' WHERE key = 'searchIndex'");
    await storeAndIndex(db, [artifactRow("again", "quagga quagga")]);
    expect(await best(db, index, ["quagga"])).toEqual(["again"]);
    expect(await best(db, index, ["okapi"])).toEqual(["other"]);
  });

  test("takes in what is new once, however many search at that moment", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(60));
    const index = new TextIndex(db);
    await best(db, index, ["lemon", "fig"]);
    await storeAndIndex(db, rows(50, "chat"));
    const [terms, all] = [await termsOf(db, ["lemon", "fig"]), await total(db)];
    const found = await Promise.all(
      Array.from({ length: 4 }, () => index.chunks(terms, everything, 200, all)),
    );
    const [first] = found;
    expect(new Set(first?.chunks.map(({ id }) => id)).size).toBe(first?.chunks.length ?? 0);
    for (const other of found) expect(other).toEqual(first ?? { chunks: [], skipped: 0 });
    expectTheBest(await best(db, index, ["lemon", "fig"]), await fullDisjunction(db, ["lemon", "fig"]));
  });

  test("reads what is expected before anybody asks, and answers the same", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(60));
    const index = new TextIndex(db, { numbers: 1, fields: 1_000, exact: 0 });
    index.expect(["lemon", "fig", "zebra"]);
    while (await index.readAhead());
    const { skipped } = await index.chunks(
      await termsOf(db, ["lemon", "fig"]),
      everything,
      10,
      await total(db),
    );
    expect(skipped).toBe(0);
    expectTheBest(await best(db, index, ["lemon", "fig"]), await fullDisjunction(db, ["lemon", "fig"]));
  });

  test("tells of chunks what their rows say", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(8));
    await storeAndIndex(db, [artifactRow("long", `# One\n\n${"word ".repeat(900)}`, { kind: "transcript" })]);
    await db.delete(mdArtifacts).where(eq(mdArtifacts.id, "notes3"));
    const index = new TextIndex(db);
    const stored = await db.raw.all(
      `SELECT c.rowId, c.no, c.ordinal, a.kind, a.words AS artifactWords, a.integration || char(10) || a.account AS source,
              a.container, a.position FROM searchChunk c CROSS JOIN searchArtifact a ON a.no = c.no`,
    );
    expect(stored.length).toBeGreaterThan(9);
    // Twice: once read, once remembered.
    for (let time = 0; time < 2; time++) {
      const facts = await index.factsOf([...stored.map((row) => Number(row["rowId"])), 9_999]);
      expect(facts.size).toBe(stored.length);
      for (const { rowId, ...rest } of stored) expect(facts.get(Number(rowId))).toMatchObject(rest);
    }
    await storeAndIndex(db, [artifactRow("later", "Written since.")]);
    const [newest] = await db.raw.all("SELECT max(rowId) AS rowId, max(no) AS no FROM searchChunk");
    const facts = await index.factsOf([Number(newest?.["rowId"])]);
    expect([...facts.values()].map(({ no }) => no)).toEqual([Number(newest?.["no"])]);
  });

  test("gives short fields the score that FTS5 does", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, rows(200));
    const scores = await new TextIndex(db).fields(["kiwi", "fig"], everything, 20);
    const expected = await db.raw.all(
      `SELECT rowid AS no, -bm25(searchField, 2.0, 1.0, 1.5, 1.0, 1.0) AS score FROM searchField
       WHERE searchField MATCH 'kiwi OR fig' ORDER BY score DESC, rowid LIMIT 20`,
    );
    expect(expected.length).toBeGreaterThan(10);
    expect([...scores.keys()]).toEqual(expected.map((row) => Number(row["no"])));
    for (const row of expected) expect(scores.get(Number(row["no"]))).toBeCloseTo(Number(row["score"]), 3);
  });

  test("gives short fields of artifacts that change again and again the score they have after a start", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [...rows(30), artifactRow("mine", "Words.", { author: "Zelda" })]);
    const index = new TextIndex(db);
    for (let change = 0; change < 40; change++) {
      const changed = { contentHash: `${change}`, indexedHash: null };
      await db.update(mdArtifacts).set(changed).where(eq(mdArtifacts.id, "mine"));
      await indexVectorDbStep("notes", db);
      await index.fields(["zelda"], everything, 10);
    }
    const [[no, score] = []] = await index.fields(["zelda"], everything, 10);
    const [[, expected = 0] = []] = await new TextIndex(db).fields(["zelda"], everything, 10);
    expect(no).toBeGreaterThan(60);
    expect(score).toBeGreaterThan(1);
    expect(Math.abs((score ?? 0) - expected)).toBeLessThan(0.1 * expected);
  });

  test("scores short fields by those that are there, whatever those before them were like", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const many = Array.from({ length: 30 }, () => words.join(" "));
    await storeAndIndex(
      db,
      rows(60).map((row) => ({ ...row, keyPoints: many })),
    );
    const index = new TextIndex(db);
    await index.fields(["fig"], everything, 10);
    for (const { id, keyPoints } of rows(60)) {
      const shorter = { keyPoints, contentHash: `${id} shorter`, indexedHash: null };
      await db.update(mdArtifacts).set(shorter).where(eq(mdArtifacts.id, id));
    }
    await indexVectorDbStep("notes", db);
    await index.fields(["fig"], everything, 10);
    while (await index.readAhead());
    const scores = await index.fields(["fig", "kiwi"], everything, 20);
    const expected = await db.raw.all(
      `SELECT rowid AS no, -bm25(searchField, 2.0, 1.0, 1.5, 1.0, 1.0) AS score FROM searchField
       WHERE searchField MATCH 'kiwi OR fig' ORDER BY score DESC, rowid LIMIT 20`,
    );
    expect(expected.length).toBeGreaterThan(5);
    for (const { no, score } of expected) expect(scores.get(Number(no))).toBeCloseTo(Number(score), 3);
  });
});
