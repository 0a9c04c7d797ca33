import { expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@/core/db/open";
import {
  countIndex,
  integrityProblems,
  newestWrite,
  orphanedIndexRows,
  staleRuns,
} from "@/core/db/queries/health";
import { chunk, mdArtifacts, syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";

const artifact = (id: string, indexedHash: string | null, deletedAt: string | null = null) => ({
  id,
  integrationArtifactId: id,
  integration: "Files",
  account: "a",
  kind: "document" as const,
  title: id,
  updateDate: "2026-05-01T00:00:00.000Z",
  markdown: "",
  keyPoints: [],
  questionsAnswered: [],
  entities: [],
  metadata: {},
  contentHash: "h",
  insightState: "pending" as const,
  indexedHash,
  deletedAt,
});

const passage = (rowId: number, artifactId: string) => ({
  rowId,
  artifactId,
  ordinal: 0,
  startLine: 1,
  endLine: 1,
  text: "text",
});

const none = {
  seen: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  skipped: 0,
  failed: 0,
  resumes: 0,
};

async function addRun(db: Db, id: string, fields: Partial<typeof syncRun.$inferInsert>): Promise<void> {
  const run = {
    id,
    integration: "Files",
    account: id,
    mode: "full",
    trigger: "cli",
    state: "running",
    ...none,
  };
  // The literals above are of the columns' own types.
  const row = {
    ...run,
    confirmDeletions: false,
    createdAt: "2026-05-01",
    ...fields,
  } as typeof syncRun.$inferInsert;
  await db.insert(syncRun).values(row);
}

const sound = { database: [], fullText: [] };

test("counts what is served, what waits and in how many passages", async () => {
  await using database = await temporaryDatabase();
  expect(await countIndex(database.db)).toEqual({ artifacts: 0, waiting: 0, chunks: 0 });
  await database.db
    .insert(mdArtifacts)
    .values([artifact("a", "h"), artifact("b", null), artifact("c", null, "2026-05-02")]);
  await database.db.insert(chunk).values(passage(1, "a"));
  expect(await countIndex(database.db)).toEqual({ artifacts: 2, waiting: 1, chunks: 1 });
});

test("a sound database has no problems and no orphans", async () => {
  await using database = await temporaryDatabase();
  expect(await integrityProblems(database.db)).toEqual(sound);
  expect(await orphanedIndexRows(database.db)).toEqual([]);
});

test("finds passages whose artifact is missing or was dropped from the index", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await db.insert(mdArtifacts).values([artifact("live", "h"), artifact("dropped", null, "2026-05-02")]);
  await db.raw.run("PRAGMA foreign_keys = OFF");
  await db.insert(chunk).values([passage(1, "live"), passage(2, "dropped"), passage(3, "nobody")]);
  expect(await orphanedIndexRows(db)).toEqual([{ table: "chunk", rows: 2 }]);
  expect(await integrityProblems(db)).toEqual({
    database: ["1 row(s) refer to rows that do not exist"],
    fullText: [],
  });
});

test("finds runs that are under way but silent, and no others", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await addRun(db, "silent", { heartbeatAt: "2026-05-01T09:00:00.000Z" });
  await addRun(db, "beating", { heartbeatAt: "2026-05-01T11:00:00.000Z" });
  await addRun(db, "neverBeat", { createdAt: "2026-05-01T08:00:00.000Z" });
  await addRun(db, "over", { state: "failed", heartbeatAt: "2026-05-01T09:00:00.000Z" });
  const stale = await staleRuns(db, "2026-05-01T10:00:00.000Z");
  expect(stale.map((run) => run.id).sort()).toEqual(["neverBeat", "silent"]);
});

test("the newest write is the newest run's start or the newest artifact's change", async () => {
  await using database = await temporaryDatabase();
  expect(await newestWrite(database.db)).toBeNull();
  await addRun(database.db, "a", { createdAt: "2026-05-01" });
  await addRun(database.db, "b", { createdAt: "2026-05-03" });
  expect(await newestWrite(database.db)).toBe("2026-05-03");
  await database.db.insert(mdArtifacts).values({ ...artifact("x", "h"), updateDate: "2026-05-04" });
  expect(await newestWrite(database.db)).toBe("2026-05-04");
});

test("text that another connection wrote and merged since the last look is not taken for broken", async () => {
  await using database = await temporaryDatabase();
  const { db, folder } = database;
  const other = openDatabase(join(folder, "stoneturner.db"));
  try {
    await db.raw.run("CREATE VIRTUAL TABLE note USING fts5(body)");
    await db.raw.run("INSERT INTO note VALUES ('the crane')");
    await db.raw.all("SELECT 1 FROM note WHERE note MATCH 'crane'");
    for (let index = 0; index < 20; index++)
      await other.db.raw.run("INSERT INTO note VALUES ('the harbour')");
    await other.db.raw.run("INSERT INTO note (note) VALUES ('optimize')");
    expect(await integrityProblems(db)).toEqual(sound);
  } finally {
    other.close();
  }
});

test("tells a damaged full text table from a damaged database, while others write", async () => {
  await using database = await temporaryDatabase();
  const path = join(database.folder, "note.db");
  const made = openDatabase(path);
  await made.db.raw.run("CREATE VIRTUAL TABLE note USING fts5(body, content='')");
  await made.db.raw.run("INSERT INTO note (rowid, body) VALUES (1, 'quexalcote harbour')");
  made.close();
  // The length of the word's first bytes, as the table keeps them.
  const bytes = readFileSync(path);
  bytes[bytes.indexOf("quexalcote") - 1] = 0xff;
  writeFileSync(path, bytes);
  const [damaged, writer] = [openDatabase(path), openDatabase(path)];
  try {
    const found = await writer.db.transaction(async (tx) => {
      await tx.raw.run("CREATE TABLE other (a)");
      return integrityProblems(damaged.db);
    });
    expect(found.database).toEqual([]);
    expect(found.fullText.join()).toMatch(/fts5.*note/i);
  } finally {
    damaged.close();
    writer.close();
  }
});
