/** Questions about the database itself, for `status` and `doctor`. */
import { and, count, inArray, isNull, lt, max, or } from "drizzle-orm";
import { saveSetting } from "./settings";
import { chunk, mdArtifacts, syncRun } from "@/core/db/schema";
import type { Db, SqlNow, SqlRow } from "@/core/models/database";
import { activeStates } from "@/core/models/sync";

/** How much is served, how much still waits for the index, and in how many passages it is. */
export async function countIndex(db: Db): Promise<{ artifacts: number; waiting: number; chunks: number }> {
  const live = isNull(mdArtifacts.deletedAt);
  const [artifacts, waiting, chunks] = await Promise.all([
    db.select({ n: count() }).from(mdArtifacts).where(live),
    db
      .select({ n: count() })
      .from(mdArtifacts)
      .where(and(live, isNull(mdArtifacts.indexedHash))),
    db.select({ n: count() }).from(chunk),
  ]);
  return { artifacts: artifacts[0]?.n ?? 0, waiting: waiting[0]?.n ?? 0, chunks: chunks[0]?.n ?? 0 };
}

/** What SQLite itself finds wrong with the file; empty where it is sound. */
export interface IntegrityProblems {
  /** Of rows, indexes and pages. */
  database: string[];
  /** Of the full text tables. */
  fullText: string[];
}

/**
 * Reads the whole database, full text included, as it was at one moment, and keeps nobody from writing. Nothing else
 * runs in this process meanwhile: many seconds for some gigabytes.
 */
export function integrityProblems(db: Db): Promise<IntegrityProblems> {
  return db.raw.snapshot((all) => {
    lookAtTextTables(all);
    const found = problemsIn(all("PRAGMA integrity_check(20)"));
    const broken = all("PRAGMA foreign_key_check");
    const isOfFullText = (text: string) => /\bfts5\b/i.test(text);
    return {
      database: [
        ...found.filter((text) => !isOfFullText(text)),
        ...(broken.length === 0 ? [] : [`${broken.length} row(s) refer to rows that do not exist`]),
      ],
      fullText: found.filter(isOfFullText),
    };
  });
}

/** The first three of what SQLite finds wrong with a small file; empty where it is sound. */
export async function fileProblems(db: Db): Promise<string[]> {
  return problemsIn(await db.raw.all("PRAGMA integrity_check(3)"));
}

function problemsIn(rows: readonly SqlRow[]): string[] {
  return rows.map((row) => String(Object.values(row)[0])).filter((text) => text !== "ok");
}

/** Whether any account is connected, of a database that may be older than this program. */
export async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.raw.all("SELECT 1 FROM integrationCredential LIMIT 1")).length > 0;
}

/**
 * FTS5 keeps what it knows of a table's segments from one query to the next. A query looks first whether that still
 * holds, a check does not, and takes what another connection has merged since for broken.
 */
function lookAtTextTables(all: SqlNow["all"]): void {
  const tables = all(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5(%'`,
  );
  for (const { name } of tables) {
    try {
      all(`SELECT 1 FROM "${String(name)}" WHERE "${String(name)}" MATCH 'a' LIMIT 1`);
    } catch {
      // Damaged: the check that follows says how.
    }
  }
}

const vectorTables = ["contentEmbedding", "keyPointsEmbedding", "questionsAnsweredEmbedding"];

/** Rows of the index that belong to no served artifact, by table. Empty when there are none. */
export async function orphanedIndexRows(db: Db): Promise<{ table: string; rows: number }[]> {
  const found: { table: string; rows: number }[] = [];
  for (const table of ["chunk", ...vectorTables]) {
    const [row] = await db.raw.all(
      `SELECT count(*) AS n FROM "${table}" AS part LEFT JOIN "mdArtifacts" AS whole ON whole."id" = part."artifactId"
       WHERE whole."id" IS NULL OR (whole."deletedAt" IS NOT NULL AND whole."indexedHash" IS NULL)`,
    );
    const rows = Number(row?.["n"] ?? 0);
    if (rows > 0) found.push({ table, rows });
  }
  return found;
}

/** Runs that say they are under way, but whose process has not been heard of since `since` (ISO-8601). */
export function staleRuns(
  db: Db,
  since: string,
): Promise<{ id: string; integration: string; account: string; heartbeatAt: string | null }[]> {
  const silent = or(
    lt(syncRun.heartbeatAt, since),
    and(isNull(syncRun.heartbeatAt), lt(syncRun.createdAt, since)),
  );
  return db
    .select({
      id: syncRun.id,
      integration: syncRun.integration,
      account: syncRun.account,
      heartbeatAt: syncRun.heartbeatAt,
    })
    .from(syncRun)
    .where(and(inArray(syncRun.state, [...activeStates]), silent));
}

/** Proves that the database takes a write, by making one. @throws what the database says when it does not. */
export async function proveWritable(db: Db, now: Date = new Date()): Promise<void> {
  const value = now.toISOString();
  await saveSetting(db, "readiness", value);
}

/** The newest time that this database holds, to compare the clock with. */
export async function newestWrite(db: Db): Promise<string | null> {
  const [run] = await db.select({ at: max(syncRun.createdAt) }).from(syncRun);
  const live = isNull(mdArtifacts.deletedAt);
  const [artifact] = await db
    .select({ at: max(mdArtifacts.updateDate) })
    .from(mdArtifacts)
    .where(live);
  const [first = null, second = null] = [run?.at, artifact?.at];
  if (first === null || second === null) return first ?? second;
  return first > second ? first : second;
}
