import type { Insights, InsightState } from "@/core/models/artifact";
import type { SqlNow } from "@/core/models/database";
import { isoNow } from "@/lib/time";
import type { PreparedArtifact, PreparedChunk } from "./prepare";
import { insertRows } from "./insert-rows";
import { dropRowsNow } from "./remove";
import { writeOrQueueVectorsNow } from "./vector-rows";
import type { WaitingArtifact } from "./waiting";

/** Insights made in the same pass, to be stored with the index. */
export interface MadeInsights {
  insights: Insights;
  state: InsightState;
}

/** An artifact to write, and what is compared to see that it is still as it was read. */
export type ArtifactToWrite = Omit<PreparedArtifact, "artifact"> & {
  artifact: Pick<
    WaitingArtifact,
    "id" | "integration" | "account" | "contentHash" | "updateDate" | "insightText"
  >;
};

/**
 * Replaces everything the index holds of one artifact and marks it as indexed. `made` are insights to store with it.
 *
 * @returns false, with nothing written, when content or insights changed since the artifact was read.
 */
export function writeArtifactNow(sql: SqlNow, prepared: ArtifactToWrite, made?: MadeInsights): boolean {
  const { id } = prepared.artifact;
  const state = stateOf(sql, prepared);
  if (state === "changed") return false;
  if (state === "indexed before") dropRowsNow(sql, id);
  const no = writeArtifactRow(sql, prepared);
  for (const chunk of prepared.chunks) writeChunk(sql, id, no, chunk);
  writeOrQueueVectorsNow(sql, { id, no, isEmpty: prepared.chunks.length === 0 }, prepared.vectors);
  const entities = prepared.entities.map(({ entity, name }) => [entity, no, name]);
  insertRows(sql, `INSERT INTO searchEntity (entity, no, name)`, entities);
  markIndexed(sql, id, made);
  return true;
}

function markIndexed(sql: SqlNow, id: string, made: MadeInsights | undefined): void {
  if (made === undefined) {
    sql.run(`UPDATE mdArtifacts SET indexedHash = contentHash WHERE id = ?`, [id]);
    return;
  }
  const { keyPoints, questionsAnswered, entities } = made.insights;
  sql.run(
    `UPDATE mdArtifacts SET keyPoints = ?, questionsAnswered = ?, entities = ?, insightState = ?,
       insightHash = contentHash, indexedHash = contentHash, updateDate = ? WHERE id = ?`,
    [
      ...[keyPoints, questionsAnswered, entities].map((list) => JSON.stringify(list)),
      made.state,
      isoNow(),
      id,
    ],
  );
}

/** Whether the artifact is still as it was read, and whether the index holds an older version of it. */
function stateOf(sql: SqlNow, { artifact }: ArtifactToWrite): "changed" | "new" | "indexed before" {
  const [row] = sql.all(
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

function writeArtifactRow(sql: SqlNow, prepared: ArtifactToWrite): number {
  const { artifact, fields, place } = prepared;
  const [row] = sql.all(
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
  sql.run(
    `INSERT INTO searchField (rowid, title, keyPoints, questions, entities, author) VALUES (?, ?, ?, ?, ?, ?)`,
    [no, fields.title, fields.keyPoints, fields.questions, fields.entities, fields.author],
  );
  return no;
}

function writeChunk(sql: SqlNow, id: string, no: number, chunk: PreparedChunk): void {
  const { ordinal, lines } = chunk;
  const [row] = sql.all(`INSERT INTO searchChunk (no, ordinal, words) VALUES (?, ?, ?) RETURNING rowId`, [
    no,
    ordinal,
    chunk.words,
  ]);
  const rowId = Number(row?.["rowId"]);
  sql.run(
    `INSERT INTO chunk (rowId, artifactId, ordinal, startLine, endLine, heading, text) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [rowId, id, ordinal, chunk.startLine, chunk.endLine, chunk.heading, chunk.text],
  );
  sql.run(`INSERT INTO searchText (rowid, title, heading, body) VALUES (?, ?, ?, ?)`, [
    rowId,
    lines.title,
    lines.heading,
    lines.body,
  ]);
  sql.run(`INSERT INTO searchTerms (rowId, stems, exact) VALUES (?, ?, ?)`, [
    rowId,
    chunk.stems,
    chunk.exact,
  ]);
}
