import type { Db } from "@/core/models/database";
import { dropIndexRows } from "./remove";
import type { PreparedArtifact, PreparedChunk } from "./prepare";

/**
 * Replaces everything the index holds of one artifact and marks it as indexed, inside the caller's transaction.
 *
 * @returns false, with nothing written, when content or insights changed since the artifact was read.
 */
export async function writeArtifact(tx: Db, prepared: PreparedArtifact, model: string): Promise<boolean> {
  const { artifact } = prepared;
  const state = await stateOf(tx, prepared);
  if (state === "changed") return false;
  if (state === "indexed before") await dropIndexRows(tx, artifact.id);
  const no = await writeArtifactRow(tx, prepared);
  for (const chunk of prepared.chunks) await writeChunk(tx, artifact.id, no, chunk, model);
  await writeVectors(tx, "keyPointsEmbedding", artifact.id, prepared.keyPointVectors, model);
  await writeVectors(tx, "questionsAnsweredEmbedding", artifact.id, prepared.questionVectors, model);
  for (const { entity, name } of prepared.entities) {
    await tx.raw.run(`INSERT INTO searchEntity (entity, no, name) VALUES (?, ?, ?)`, [entity, no, name]);
  }
  await tx.raw.run(`UPDATE mdArtifacts SET indexedHash = contentHash WHERE id = ?`, [artifact.id]);
  return true;
}

/** Whether the artifact is still as it was read, and whether the index holds an older version of it. */
async function stateOf(
  tx: Db,
  { artifact }: PreparedArtifact,
): Promise<"changed" | "new" | "indexed before"> {
  const [row] = await tx.raw.all(
    `SELECT EXISTS (SELECT 1 FROM chunk WHERE artifactId = a.id)
         OR EXISTS (SELECT 1 FROM searchArtifact WHERE artifactId = a.id)
         OR EXISTS (SELECT 1 FROM contentEmbedding WHERE artifactId = a.id)
         OR EXISTS (SELECT 1 FROM keyPointsEmbedding WHERE artifactId = a.id)
         OR EXISTS (SELECT 1 FROM questionsAnsweredEmbedding WHERE artifactId = a.id) AS before
     FROM mdArtifacts a WHERE a.id = ? AND contentHash = ? AND updateDate = ? AND keyPoints = ?
       AND questionsAnswered = ? AND entities = ? AND indexedHash IS NULL AND deletedAt IS NULL`,
    [artifact.id, artifact.contentHash, artifact.updateDate, ...artifact.insightText],
  );
  if (row === undefined) return "changed";
  return Number(row["before"]) === 0 ? "new" : "indexed before";
}

async function writeArtifactRow(tx: Db, prepared: PreparedArtifact): Promise<number> {
  const { artifact, fields, place } = prepared;
  const [row] = await tx.raw.all(
    `INSERT INTO searchArtifact (artifactId, integration, account, kind, date, live, words, chunks, container, position)
     VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?) RETURNING no`,
    [
      artifact.id,
      artifact.integration,
      artifact.account,
      prepared.shape,
      prepared.date,
      prepared.words,
      prepared.chunks.length,
      place?.container ?? null,
      place?.position ?? null,
    ],
  );
  const no = Number(row?.["no"]);
  await tx.raw.run(
    `INSERT INTO searchField (rowid, title, keyPoints, questions, entities, author) VALUES (?, ?, ?, ?, ?, ?)`,
    [no, fields.title, fields.keyPoints, fields.questions, fields.entities, fields.author],
  );
  return no;
}

async function writeChunk(
  tx: Db,
  id: string,
  no: number,
  chunk: PreparedChunk,
  model: string,
): Promise<void> {
  const [row] = await tx.raw.all(
    `INSERT INTO chunk (artifactId, ordinal, startLine, endLine, heading, text) VALUES (?, ?, ?, ?, ?, ?)
     RETURNING rowId`,
    [id, chunk.ordinal, chunk.startLine, chunk.endLine, chunk.heading, chunk.text],
  );
  const rowId = Number(row?.["rowId"]);
  await tx.raw.run(`INSERT INTO searchText (rowid, title, heading, body) VALUES (?, ?, ?, ?)`, [
    rowId,
    chunk.lines.title,
    chunk.lines.heading,
    chunk.lines.body,
  ]);
  await tx.raw.run(`INSERT INTO searchChunk (rowId, no, ordinal, words) VALUES (?, ?, ?, ?)`, [
    rowId,
    no,
    chunk.ordinal,
    chunk.words,
  ]);
  await tx.raw.run(`INSERT INTO searchTerms (rowId, stems, exact) VALUES (?, ?, ?)`, [
    rowId,
    chunk.stems,
    chunk.exact,
  ]);
  await writeVector(tx, "contentEmbedding", id, chunk.ordinal, chunk.vector, model);
}

type VectorTable = "contentEmbedding" | "keyPointsEmbedding" | "questionsAnsweredEmbedding";

async function writeVectors(
  tx: Db,
  table: VectorTable,
  id: string,
  vectors: readonly Float32Array[],
  model: string,
): Promise<void> {
  for (const [ordinal, vector] of vectors.entries()) await writeVector(tx, table, id, ordinal, vector, model);
}

async function writeVector(
  tx: Db,
  table: VectorTable,
  id: string,
  ordinal: number,
  vector: Float32Array,
  model: string,
): Promise<void> {
  await tx.raw.run(`INSERT INTO ${table} (id, artifactId, ordinal, model, vector) VALUES (?, ?, ?, ?, ?)`, [
    `${id}:${ordinal}`,
    id,
    ordinal,
    model,
    new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
  ]);
}
