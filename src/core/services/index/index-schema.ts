/**
 * The derived search tables: made from artifacts and chunks alone, so they are not in the migrations and can be thrown
 * away and built again. Triggers keep them true whoever deletes or changes an artifact.
 */
import { z } from "zod";
import type { Db } from "@/core/models/database";
import { PermanentError } from "@/core/models/errors";
import { endRenewal, keepSetting, startRenewal } from "./renewal";

/**
 * Raise this when chunking, analysis, what is extracted offline or these tables change: everything is then indexed
 * anew, with key points, questions and entities made anew where they were extracted offline. Where the tables are the
 * same, search goes on with what is there meanwhile; see renewal.ts.
 */
export const indexVersion = 18;

/** The first version with these tables as they are. Raise it to `indexVersion` when they change: they are then made anew. */
const sameTablesSince = 15;

const versionKey = "searchIndex";
/** A name of its own for each time the tables were made: what was derived from earlier ones does not fit them. */
export const generationKey = "searchIndexGeneration";
const tables = ["searchText", "searchField", "searchVocabulary", "searchArtifact", "searchEntity"];
const chunkTables = ["searchChunk", "searchTerms", "searchEmbedQueue"];
const triggers = ["searchChunkGone", "searchArtifactGone", "searchArtifactDropped"];

const statements = [
  // One row an artifact in the index. `live` follows mdArtifacts by trigger: only live rows are ever served, and they are
  // of the content that is stored. A number is never given twice, so what a reader remembers of it stays true or is gone.
  `CREATE TABLE searchArtifact (no INTEGER PRIMARY KEY AUTOINCREMENT, artifactId TEXT NOT NULL UNIQUE, integration TEXT NOT NULL,
     account TEXT NOT NULL, kind TEXT NOT NULL, date TEXT, live INTEGER NOT NULL, words INTEGER NOT NULL,
     chunks INTEGER NOT NULL, container TEXT, position REAL)`,
  `CREATE INDEX searchArtifact_source ON searchArtifact (integration, live)`,
  `CREATE INDEX searchArtifact_sequence ON searchArtifact (container, integration, account, position)
     WHERE container IS NOT NULL`,
  `CREATE TABLE searchEntity (entity TEXT NOT NULL, no INTEGER NOT NULL, name TEXT NOT NULL,
     PRIMARY KEY (entity, no)) WITHOUT ROWID`,
  `CREATE INDEX searchEntity_artifact ON searchEntity (no)`,
  // It gives chunks their numbers: never one twice, as with artifacts, and none that an index before this one gave.
  `CREATE TABLE searchChunk (rowId INTEGER PRIMARY KEY AUTOINCREMENT, no INTEGER NOT NULL, ordinal INTEGER NOT NULL,
     words INTEGER NOT NULL)`,
  `INSERT INTO sqlite_sequence (name, seq) SELECT 'searchChunk', coalesce(max(rowId), 0) FROM chunk`,
  `CREATE INDEX searchChunk_artifact ON searchChunk (no, ordinal)`,
  // Hashes of stems and of whole words in text order; see terms.ts.
  `CREATE TABLE searchTerms (rowId INTEGER PRIMARY KEY, stems BLOB NOT NULL, exact BLOB NOT NULL)`,
  // Artifacts that wait for vectors of the version that is wanted; see vector-versions.ts.
  `CREATE TABLE searchEmbedQueue (no INTEGER PRIMARY KEY)`,
  // Both take words that are stemmed and folded already, so the tokenizer only cuts at spaces.
  `CREATE VIRTUAL TABLE searchText USING fts5(title, heading, body, content='', contentless_delete=1,
     tokenize='ascii')`,
  `CREATE VIRTUAL TABLE searchField USING fts5(title, keyPoints, questions, entities, author, content='',
     contentless_delete=1, tokenize='ascii')`,
  `CREATE VIRTUAL TABLE searchVocabulary USING fts5vocab(searchText, 'row')`,
  `CREATE TRIGGER searchChunkGone AFTER DELETE ON chunk BEGIN
     DELETE FROM searchText WHERE rowid = OLD.rowId AND EXISTS (SELECT 1 FROM searchChunk WHERE rowId = OLD.rowId);
     DELETE FROM searchTerms WHERE rowId = OLD.rowId;
     DELETE FROM searchChunk WHERE rowId = OLD.rowId;
   END`,
  `CREATE TRIGGER searchArtifactGone AFTER DELETE ON mdArtifacts BEGIN
     DELETE FROM searchArtifact WHERE artifactId = OLD.id;
   END`,
  `CREATE TRIGGER searchArtifactDropped AFTER DELETE ON searchArtifact BEGIN
     DELETE FROM searchField WHERE rowid = OLD.no;
     DELETE FROM searchEntity WHERE no = OLD.no;
     DELETE FROM searchEmbedQueue WHERE no = OLD.no;
   END`,
];

/** Changes of a live row that are remembered; whoever has not looked for longer reads everything anew. */
const mostChanges = 50_000;

/** What came to these tables later and needs no artifact to be indexed anew. */
const additions = [
  // It took what waits to be indexed out of view, also where that is indexed anew with the content it has.
  `DROP TRIGGER IF EXISTS searchArtifactLive`,
  `CREATE TRIGGER IF NOT EXISTS searchArtifactServed AFTER UPDATE OF contentHash, deletedAt ON mdArtifacts
   WHEN OLD.contentHash <> NEW.contentHash OR (OLD.deletedAt IS NULL) <> (NEW.deletedAt IS NULL)
   BEGIN
     UPDATE searchArtifact SET live = NEW.deletedAt IS NULL AND NEW.indexedHash IS NEW.contentHash
     WHERE artifactId = NEW.id;
   END`,
  // Numbers of artifacts that came into view, went out of it or are gone, in order. New ones are found by their numbers.
  `CREATE TABLE IF NOT EXISTS searchChange (seq INTEGER PRIMARY KEY AUTOINCREMENT, no INTEGER NOT NULL)`,
  `CREATE TRIGGER IF NOT EXISTS searchChangeLive AFTER UPDATE OF live ON searchArtifact WHEN OLD.live <> NEW.live BEGIN
     INSERT INTO searchChange (no) VALUES (NEW.no);
   END`,
  `CREATE TRIGGER IF NOT EXISTS searchChangeGone AFTER DELETE ON searchArtifact BEGIN
     INSERT INTO searchChange (no) VALUES (OLD.no);
   END`,
  `CREATE TRIGGER IF NOT EXISTS searchChangeForgotten AFTER INSERT ON searchChange BEGIN
     DELETE FROM searchChange WHERE seq <= NEW.seq - ${mostChanges};
   END`,
  // Lengths by kind, which each start adds up: the index alone has what that takes.
  `CREATE INDEX IF NOT EXISTS searchArtifact_lengths ON searchArtifact (kind, words, chunks)`,
];
const addedTables = ["searchChange"];
/** What earlier versions of the program made beside them. */
const formerTables = ["searchPlaces"];
const formerTriggers = ["searchArtifactLive"];
const addedIndexes = ["searchArtifact_lengths"];
const addedTriggers = [
  "searchArtifactServed",
  "searchChangeLive",
  "searchChangeGone",
  "searchChangeForgotten",
];

const rowSchema = z.object({ version: z.union([z.string(), z.number()]).nullable() });

/**
 * Makes the search tables when they are missing or of a version with others. Everything is then marked as waiting, and
 * the next index step fills them: `indexedHash` is null, and `insightHash` where an earlier version made insights
 * offline. Tables of an earlier version that are the same stay in use, and are renewed piece by piece (`renewal.ts`).
 * Cheap when there is nothing to do.
 *
 * @param options `evenNewer` when a process starts: going back to an earlier version is somebody's wish. One that has run
 *   since before an upgrade, or a command beside a newer server, would take away again and again what the newer one makes.
 * @returns true when the tables were made now.
 * @throws PermanentError when they are a newer program's and this process is not to take theirs.
 */
export async function ensureIndex(db: Db, options: { evenNewer?: boolean } = {}): Promise<boolean> {
  if (await isCurrent(db)) {
    await ensureAdditions(db);
    return false;
  }
  let isMade = false;
  await db.transaction(async (tx) => {
    // Another process may have been quicker.
    if (await isCurrent(tx)) return;
    if (options.evenNewer !== true) await refuseNewer(tx);
    if (await isRenewable(tx)) {
      for (const statement of additions) await tx.raw.run(statement);
      await startRenewal(tx);
      await keepSetting(tx, versionKey, String(indexVersion));
      return;
    }
    await endRenewal(tx);
    for (const name of [...triggers, ...addedTriggers, ...formerTriggers])
      await tx.raw.run(`DROP TRIGGER IF EXISTS ${name}`);
    for (const name of [...tables, ...chunkTables, ...addedTables, ...formerTables].toReversed())
      await tx.raw.run(`DROP TABLE IF EXISTS ${name}`);
    for (const statement of [...statements, ...additions]) await tx.raw.run(statement);
    await tx.raw.run(`UPDATE mdArtifacts SET indexedHash = NULL WHERE indexedHash IS NOT NULL`);
    // Without tables yet, this version of the program may have made them a moment ago.
    if (await isOlder(tx))
      await tx.raw.run(
        `UPDATE mdArtifacts SET insightHash = NULL WHERE insightState = 'offline' AND insightHash IS NOT NULL`,
      );
    await keepSetting(tx, generationKey, crypto.randomUUID());
    await keepSetting(tx, versionKey, String(indexVersion));
    isMade = true;
  });
  return isMade;
}

/** @throws PermanentError when the tables are a newer program's. */
export async function refuseNewer(db: Db): Promise<void> {
  const version = await storedVersion(db);
  if (version === undefined || Number(version) <= indexVersion) return;
  throw new PermanentError("A newer version of Stoneturner works on this data folder.", {
    action: "Use that one, and stop what still runs of this one.",
  });
}

/** True when the tables are there as this program makes them: whoever only reads may begin. */
export async function isIndexReady(db: Db): Promise<boolean> {
  return (await isCurrent(db)) && (await hasAdditions(db));
}

async function hasAdditions(db: Db): Promise<boolean> {
  const names = [...addedTables, ...addedTriggers, ...addedIndexes];
  return (await countOf(db, names)) === names.length;
}

async function ensureAdditions(db: Db): Promise<void> {
  if (await hasAdditions(db)) return;
  await db.transaction(async (tx) => {
    for (const statement of additions) await tx.raw.run(statement);
  });
}

/** How many of these tables and triggers there are. */
async function countOf(db: Db, names: readonly string[]): Promise<number> {
  const [row] = await db.raw.all(
    `SELECT count(*) AS found FROM sqlite_master WHERE name IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(names)],
  );
  return Number(row?.["found"] ?? 0);
}

/** The name of the tables as they were last made, or undefined when there are none. */
export async function indexGeneration(db: Db): Promise<string | undefined> {
  const [row] = await db.raw.all(`SELECT value FROM setting WHERE "key" = ?`, [generationKey]);
  return row === undefined ? undefined : String(row["value"]);
}

/** The version of the tables as they were last made, or undefined when they never were. */
async function storedVersion(db: Db): Promise<string | undefined> {
  const [row] = await db.raw.all(`SELECT (SELECT value FROM setting WHERE "key" = ?) AS version`, [
    versionKey,
  ]);
  const version = rowSchema.safeParse(row).data?.version ?? undefined;
  return version === undefined ? undefined : String(version);
}

/** True when tables of another version were there. */
async function isOlder(db: Db): Promise<boolean> {
  const version = await storedVersion(db);
  return version !== undefined && version !== String(indexVersion);
}

/** True when the tables are there and of this program's version. */
async function isCurrent(db: Db): Promise<boolean> {
  return (await storedVersion(db)) === String(indexVersion) && (await isWhole(db));
}

/** True when the tables are an earlier version's, and the same as this one's: search goes on with what is in them. */
export async function isRenewable(db: Db): Promise<boolean> {
  const version = Number(await storedVersion(db));
  return version >= sameTablesSince && version < indexVersion && (await isWhole(db));
}

async function isWhole(db: Db): Promise<boolean> {
  const names = [...tables, ...chunkTables, ...triggers];
  return (await countOf(db, names)) === names.length;
}

/** True when the search tables have been made, of whatever version. */
export async function hasIndex(db: Db): Promise<boolean> {
  const rows = await db.raw.all(`SELECT 1 FROM sqlite_master WHERE name = 'searchArtifact'`);
  return rows.length > 0;
}
