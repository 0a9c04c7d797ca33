import type { SqlNow } from "@/core/models/database";
import { insertInto, type InsertRows } from "./insert-rows";
import type { PreparedVectors } from "./vector-texts";

/** An artifact whose vectors are written, with its number in the search tables. */
export interface VectorOwner {
  id: string;
  no: number;
  /** True when it has no text: nothing is to be embedded. */
  isEmpty: boolean;
}

/**
 * Writes an artifact's vectors where a version of the vector index wants them, and lets it wait in the queue where the
 * version that is wanted is another model's.
 *
 * @param whole models that have all of its vectors.
 */
export function writeOrQueueVectorsNow(
  sql: SqlNow,
  owner: VectorOwner,
  vectors: PreparedVectors | undefined,
  whole: ReadonlySet<string>,
): void {
  const versions = sql.all(`SELECT model, state FROM vectorIndex WHERE state IN ('active', 'building')`);
  if (vectors !== undefined && versions.some((version) => version["model"] === vectors.model)) {
    writeVectorsNow(sql, owner.id, vectors);
  }
  const target = versions.find((version) => version["state"] === "building") ?? versions[0];
  if (target === undefined || target["model"] === vectors?.model || owner.isEmpty) return;
  if (whole.has(String(target["model"]))) return;
  sql.run(`INSERT OR IGNORE INTO searchEmbedQueue (no) VALUES (?)`, [owner.no]);
}

export type VectorTable = "contentEmbedding" | "keyPointsEmbedding" | "questionsAnsweredEmbedding";
export const vectorTables: readonly VectorTable[] = [
  "contentEmbedding",
  "keyPointsEmbedding",
  "questionsAnsweredEmbedding",
];

const vectorColumns = ["artifactId", "ordinal", "model", "vector"];
/** Inserts rows of artifact, ordinal, model and vector. */
export const insertVectors: Readonly<Record<VectorTable, InsertRows>> = {
  contentEmbedding: insertInto("contentEmbedding", vectorColumns),
  keyPointsEmbedding: insertInto("keyPointsEmbedding", vectorColumns),
  questionsAnsweredEmbedding: insertInto("questionsAnsweredEmbedding", vectorColumns),
};

/** Writes vectors of an artifact that has none of this model. */
export function writeVectorsNow(sql: SqlNow, artifactId: string, vectors: PreparedVectors): void {
  const write = (table: VectorTable, some: readonly Float32Array[]) =>
    insertVectors[table](
      sql,
      some.map((vector, ordinal) => [
        artifactId,
        ordinal,
        vectors.model,
        new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
      ]),
    );
  write("contentEmbedding", vectors.content);
  write("keyPointsEmbedding", vectors.keyPoints);
  write("questionsAnsweredEmbedding", vectors.questions);
}
