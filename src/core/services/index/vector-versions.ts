/**
 * Versions of the vector index. Search uses the active one. When another model is configured its version is built
 * beside it: artifacts wait in `searchEmbedQueue`, which outlives the process, and the version becomes the active one in
 * the transaction that finds the queue empty. So search is never without vectors, and never compares two models'.
 */
import { z } from "zod";
import type { Db, SqlNow } from "@/core/models/database";
import { isoNow } from "@/lib/time";
import type { Embedder } from "./embedder";
import { inlineEmbedder } from "./inline-embedder";
import { vectorTables } from "./vector-rows";

const versionSchema = z.object({
  model: z.string(),
  dimension: z.number(),
  state: z.enum(["active", "building", "dropped"]),
  startedAt: z.string(),
  problem: z.string().nullable(),
});
export type VectorVersion = z.infer<typeof versionSchema>;

type Model = Pick<Embedder, "id" | "dimension">;

/** Rows of a version that is no longer wanted, deleted in one transaction. */
const rowsADeletion = 500;

/** Every version, the active one first. */
export async function vectorVersions(db: Db): Promise<VectorVersion[]> {
  const rows = await db.raw.all(
    `SELECT model, dimension, state, startedAt, problem FROM vectorIndex ORDER BY state`,
  );
  return rows.map((row) => versionSchema.parse(row));
}

/** True when vectors are made while artifacts are indexed; the first call on a new database decides that they are. */
export async function embedsInline(db: Db): Promise<boolean> {
  const versions = await vectorVersions(db);
  if (versions.length === 0) await wantVersion(db, inlineEmbedder);
  return (
    versions.length === 0 ||
    versions.some(({ model, state }) => model === inlineEmbedder.id && state !== "dropped")
  );
}

/** The version that is wanted: the one that is being built, or else the one in use. */
export async function wantedVersion(db: Db): Promise<VectorVersion | undefined> {
  const versions = await vectorVersions(db);
  return (
    versions.find(({ state }) => state === "building") ?? versions.find(({ state }) => state === "active")
  );
}

/**
 * Makes `model` the version that is wanted. The first one is active at once; another is built beside the active one,
 * going on where an earlier process was stopped. A version that was being built of a third model is given up.
 */
export async function wantVersion(db: Db, model: Model): Promise<void> {
  const versions = await vectorVersions(db);
  const target = versions.find(({ state }) => state === "building") ?? versions[0];
  if (target?.model === model.id && target.state !== "dropped") return;
  // Some of its rows may be gone already.
  if (versions.some((version) => version.model === model.id && version.state === "dropped"))
    await dropRows(db, model.id);
  await db.raw.together((sql) => wantNow(sql, model));
}

function wantNow(sql: SqlNow, { id, dimension }: Model): void {
  sql.run(`UPDATE vectorIndex SET state = 'dropped' WHERE state = 'building' AND model <> ?`, [id]);
  const [active] = sql.all(`SELECT model FROM vectorIndex WHERE state = 'active'`);
  if (active?.["model"] !== id) {
    sql.run(
      `INSERT INTO vectorIndex (model, dimension, state, startedAt, activeAt) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (model) DO UPDATE SET state = excluded.state, dimension = excluded.dimension, problem = NULL`,
      [id, dimension, active === undefined ? "active" : "building", isoNow(), active ? null : isoNow()],
    );
  }
  if (sql.all(`SELECT 1 FROM sqlite_master WHERE name = 'searchEmbedQueue'`).length === 0) return;
  sql.run(`DELETE FROM searchEmbedQueue`);
  sql.run(
    // What has insights and no vector of any of them lacks these: a language model made them since.
    `INSERT INTO searchEmbedQueue (no) SELECT a.no FROM searchArtifact a WHERE a.chunks > 0 AND (
       NOT EXISTS (SELECT 1 FROM contentEmbedding e WHERE e.artifactId = a.artifactId AND e.model = ?)
       OR NOT EXISTS (SELECT 1 FROM keyPointsEmbedding e WHERE e.artifactId = a.artifactId AND e.model = ?)
       AND NOT EXISTS (SELECT 1 FROM questionsAnsweredEmbedding e WHERE e.artifactId = a.artifactId AND e.model = ?)
       AND EXISTS (SELECT 1 FROM mdArtifacts m WHERE m.id = a.artifactId
                   AND (m.keyPoints <> '[]' OR m.questionsAnswered <> '[]')))`,
    [id, id, id],
  );
}

/**
 * Makes the version that was being built the active one, when nothing waits for it any more. The old one's rows are
 * then to be dropped.
 *
 * @returns the model that search now uses, or undefined when nothing changed.
 */
export async function switchWhenComplete(db: Db): Promise<string | undefined> {
  return db.raw.together((sql) => {
    const [building] = sql.all(`SELECT model FROM vectorIndex WHERE state = 'building'`);
    if (building === undefined || sql.all(`SELECT 1 FROM searchEmbedQueue LIMIT 1`).length > 0)
      return undefined;
    sql.run(`UPDATE vectorIndex SET state = 'dropped' WHERE state = 'active'`);
    sql.run(`UPDATE vectorIndex SET state = 'active', activeAt = ?, problem = NULL WHERE model = ?`, [
      isoNow(),
      String(building["model"]),
    ]);
    return String(building["model"]);
  });
}

/** Deletes what is left of versions that are no longer wanted, some rows at a time. */
export async function dropOldVersions(db: Db): Promise<void> {
  for (const { model, state } of await vectorVersions(db)) {
    if (state !== "dropped") continue;
    await dropRows(db, model);
    await db.raw.run(`DELETE FROM vectorIndex WHERE model = ? AND state = 'dropped'`, [model]);
  }
}

async function dropRows(db: Db, model: string): Promise<void> {
  for (const table of vectorTables) {
    for (let after = 0; ;) {
      const rows = await db.raw.all(
        `SELECT rowId, model FROM ${table} WHERE rowId > ? ORDER BY rowId LIMIT ?`,
        [after, rowsADeletion],
      );
      const mine = rows.filter((row) => row["model"] === model).map((row) => Number(row["rowId"]));
      if (mine.length > 0)
        // Another process may want the version again by now, and have begun to make its vectors.
        await db.raw.run(
          `DELETE FROM ${table} WHERE rowId IN (SELECT value FROM json_each(?))
             AND EXISTS (SELECT 1 FROM vectorIndex v WHERE v.model = ? AND v.state = 'dropped')`,
          [JSON.stringify(mine), model],
        );
      if (rows.length < rowsADeletion) break;
      after = Number(rows.at(-1)?.["rowId"]);
      await new Promise(setImmediate);
    }
  }
}

/**
 * Says on the version that is wanted, or on the active one, why embedding stands still. Null once it goes on: what was
 * said on any version is then past.
 */
export async function noteProblem(db: Db, model: string | undefined, problem: string | null): Promise<void> {
  if (problem === null) {
    await db.raw.run(`UPDATE vectorIndex SET problem = NULL, problemAt = NULL WHERE problem IS NOT NULL`);
    return;
  }
  await db.raw.run(
    `UPDATE vectorIndex SET problem = ?, problemAt = ?
     WHERE model = coalesce((SELECT model FROM vectorIndex WHERE model = ?), (SELECT model FROM vectorIndex WHERE state = 'active'))
       AND problem IS NOT ?`,
    [problem, isoNow(), model ?? null, problem],
  );
}
