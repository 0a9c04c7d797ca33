import { expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { indexGeneration } from "@/core/services/index/index-schema";
import { removeFromIndex } from "@/core/services/index/remove";
import { temporaryDatabase } from "@test/database";
import { createRandom, type Random } from "@test/random";
import { artifactRow, storeAndIndex } from "@test/search";
import { servedVersion } from "../served-version";
import type { Filter } from "../filters";
import { ArtifactMasks } from "./artifact-mask";

const filters: readonly Filter[] = [
  { sql: "a.live = 1", parameters: [], narrows: false },
  { sql: "a.live = 1 AND a.integration IN (?)", parameters: ["chat"], narrows: true },
  { sql: "a.live = 1 AND a.date >= ?", parameters: ["2025-06-01T00:00:00.000Z"], narrows: true },
  {
    sql: "a.live = 1 AND a.no IN (SELECT e.no FROM searchEntity e WHERE e.entity = ?)",
    parameters: ["ada lovelace"],
    narrows: true,
  },
  { sql: "1 = 1", parameters: [], narrows: false },
];

/** What a mask lets through, by the database itself and by the masks. */
async function bothOf(db: Db, masks: ArtifactMasks, filter: Filter): Promise<[number[], number[]]> {
  const rows = await db.raw.all(
    `SELECT a.no FROM searchArtifact a WHERE ${filter.sql} ORDER BY a.no`,
    filter.parameters,
  );
  const [end] = await db.raw.all("SELECT coalesce(max(no), 0) AS largest FROM searchArtifact");
  const largest = Number(end?.["largest"]);
  const mask = await masks.of(filter, await servedVersion(db), await indexGeneration(db), largest);
  expect(mask.length).toBeGreaterThan(largest);
  const through = Array.from(mask.entries()).flatMap(([no, byte]) => (byte === 1 ? [no] : []));
  return [rows.map((row) => Number(row["no"])), through];
}

let made = 0;

async function add(db: Db, random: Random): Promise<void> {
  const rows = Array.from({ length: 1 + random.below(4) }, () =>
    artifactRow(`a${++made}`, `text ${made}`, {
      integration: random.pick(["notes", "chat"]),
      artifactDate: random.pick(["2025-01-01T00:00:00.000Z", "2025-12-01T00:00:00.000Z"]),
      entities: random.pick([[], ["Ada Lovelace"]]),
    }),
  );
  await storeAndIndex(db, rows);
}

const changes: readonly ((db: Db, id: string, random: Random) => Promise<unknown>)[] = [
  (db, _, random) => add(db, random),
  // Changed at the source: out of view, and back under another number once it is indexed.
  (db, id) =>
    db
      .update(mdArtifacts)
      .set({ markdown: `other ${id}`, contentHash: `other ${made}`, indexedHash: null })
      .where(eq(mdArtifacts.id, id)),
  (db, id) => db.update(mdArtifacts).set({ deletedAt: "2026-01-01" }).where(eq(mdArtifacts.id, id)),
  (db, id) => db.update(mdArtifacts).set({ deletedAt: null }).where(eq(mdArtifacts.id, id)),
  (db, id) => db.delete(mdArtifacts).where(eq(mdArtifacts.id, id)),
  (db, id) => db.transaction((tx) => removeFromIndex(tx, [id])),
  (db) => storeAndIndex(db, [artifactRow(`a${++made}`, "again")]),
];

test("after any writes a mask is what the database makes of its filter", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  const random = createRandom(11);
  await add(db, random);
  const masks = new ArtifactMasks(db);
  for (let step = 0; step < 120; step++) {
    await random.pick(changes)(db, `a${1 + random.below(made)}`, random);
    for (const filter of filters) {
      // Not each of them each time: one that was not asked for has more to catch up with.
      if (random.next() < 0.4) continue;
      const [expected, through] = await bothOf(db, masks, filter);
      expect(through).toEqual(expected);
    }
  }
});

test("one that fell behind what is remembered of changes is made anew, and so are those of another index", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await storeAndIndex(db, [artifactRow("one", "first"), artifactRow("two", "second")]);
  const masks = new ArtifactMasks(db);
  const [everything] = filters;
  if (everything === undefined) throw new Error("There is no filter.");
  await bothOf(db, masks, everything);
  await db.update(mdArtifacts).set({ deletedAt: "2026-01-01" }).where(eq(mdArtifacts.id, "one"));
  await db.raw.run("UPDATE searchChange SET seq = seq + 100000");
  const [expected, through] = await bothOf(db, masks, everything);
  expect(through).toEqual(expected);
  expect(through).toHaveLength(1);
  await db.update(mdArtifacts).set({ deletedAt: null }).where(eq(mdArtifacts.id, "one"));
  await db.raw.run("UPDATE setting SET value = '0' WHERE key = 'searchIndex'");
  await storeAndIndex(db, [artifactRow("three", "third", { integration: "chat" })]);
  const [again, after] = await bothOf(db, masks, everything);
  expect(after).toEqual(again);
  expect(after).toHaveLength(1);
});
