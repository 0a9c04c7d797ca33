import type { SqlNow, SqlRow } from "@/core/models/database";
import { insertVectors, type VectorTable, vectorTables } from "./vector-rows";
import type { MadeInsights } from "./write";

/** Vectors of an artifact that fit what is written of it now. */
export interface KeptVectors {
  byTable: ReadonlyMap<VectorTable, readonly SqlRow[]>;
  /** Models of which nothing is lacking: they need not embed it anew. */
  whole: ReadonlySet<string>;
}

interface Rewritten {
  artifact: { id: string; insightText: readonly [string, string, string] };
  chunks: readonly { text: string }[];
}

/**
 * What an artifact has of vectors by models that are not asked now, where its passages read as before. An index that is
 * renewed then keeps its vectors, and no model has to make, or to be paid for, the same ones again.
 */
export function vectorsToKeep(
  sql: SqlNow,
  { artifact, chunks }: Rewritten,
  made: MadeInsights | undefined,
  madeNow: string | undefined,
): KeptVectors | undefined {
  const models = sql
    .all(`SELECT model FROM vectorIndex WHERE state IN ('active', 'building')`)
    .map(({ model }) => String(model))
    .filter((model) => model !== madeNow);
  if (models.length === 0 || !readsAsBefore(sql, artifact.id, chunks)) return undefined;
  const kept = new Map<VectorTable, readonly SqlRow[]>();
  const sameInsights = made !== undefined && isSame(made, artifact.insightText);
  for (const table of sameInsights ? vectorTables : (["contentEmbedding"] as const)) {
    const rows = sql.all(
      `SELECT ordinal, model, vector FROM ${table} WHERE artifactId = ? AND model IN (SELECT value FROM json_each(?))`,
      [artifact.id, JSON.stringify(models)],
    );
    kept.set(table, rows);
  }
  const passages = kept.get("contentEmbedding") ?? [];
  const isWhole = (model: string) =>
    sameInsights && passages.filter((row) => row["model"] === model).length === chunks.length;
  return { byTable: kept, whole: new Set(models.filter(isWhole)) };
}

/** Writes them again: a reader finds by their new numbers that they belong to new rows. */
export function writeKeptNow(sql: SqlNow, artifactId: string, { byTable }: KeptVectors): void {
  for (const [table, rows] of byTable) {
    insertVectors[table](
      sql,
      rows.map(({ ordinal, model, vector }) => [artifactId, ordinal ?? null, model ?? null, vector ?? null]),
    );
  }
}

/** A row in view is of the stored content, title and all. */
function readsAsBefore(sql: SqlNow, id: string, chunks: readonly { text: string }[]): boolean {
  if (sql.all(`SELECT 1 FROM searchArtifact WHERE artifactId = ? AND live = 1`, [id]).length === 0)
    return false;
  const before = sql.all(`SELECT text FROM chunk WHERE artifactId = ? ORDER BY ordinal`, [id]);
  return before.length === chunks.length && before.every((row, at) => row["text"] === chunks[at]?.text);
}

function isSame({ insights }: MadeInsights, [keyPoints, questions]: readonly string[]): boolean {
  return (
    JSON.stringify(insights.keyPoints) === keyPoints &&
    JSON.stringify(insights.questionsAnswered) === questions
  );
}
