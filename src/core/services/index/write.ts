import type { Insights, InsightState } from "@/core/models/artifact";
import type { Db, SqlNow } from "@/core/models/database";
import { isoNow } from "@/lib/time";
import { FullTextRows } from "./full-text-rows";
import type { PreparedArtifact, PreparedChunk } from "./prepare";
import { insertInto } from "./insert-rows";
import { vectorsToKeep, writeKeptNow } from "./kept-vectors";
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
 * False, with nothing written, when content or insights changed since the artifact was read.
 */
export type WriteArtifact = (prepared: ArtifactToWrite, made?: MadeInsights) => boolean;

/** Writes artifacts in one transaction. `body` must not wait for anything. */
export function writeTogether<Result>(db: Db, body: (write: WriteArtifact) => Result): Promise<Result> {
  return db.raw.together((sql) => {
    const texts = new FullTextRows();
    const result = body((prepared, made) => writeArtifactNow(sql, texts, prepared, made));
    texts.writeNow(sql);
    return result;
  });
}

function writeArtifactNow(
  sql: SqlNow,
  texts: FullTextRows,
  prepared: ArtifactToWrite,
  made: MadeInsights | undefined,
): boolean {
  const { id } = prepared.artifact;
  const state = stateOf(sql, prepared);
  if (state === "changed") return false;
  const kept =
    state === "indexed before" ? vectorsToKeep(sql, prepared, made, prepared.vectors?.model) : undefined;
  if (state === "indexed before") dropRowsNow(sql, id);
  // First: the trigger that carries this over to the index finds no row to change yet.
  markIndexed(sql, id, made);
  const no = writeArtifactRow(sql, prepared);
  const { title, keyPoints, questions, entities, author } = prepared.fields;
  texts.addField(no, [title, keyPoints, questions, entities, author]);
  writeChunks(sql, texts, id, no, prepared.chunks);
  if (kept !== undefined) writeKeptNow(sql, id, kept);
  const owner = { id, no, isEmpty: prepared.chunks.length === 0 };
  writeOrQueueVectorsNow(sql, owner, prepared.vectors, kept?.whole ?? new Set());
  entityRows(
    sql,
    prepared.entities.map(({ entity, name }) => [entity, no, name]),
  );
  return true;
}

function markIndexed(sql: SqlNow, id: string, made: MadeInsights | undefined): void {
  if (made === undefined) {
    sql.run(`UPDATE mdArtifacts SET indexedHash = contentHash WHERE id = ?`, [id]);
    return;
  }
  const { keyPoints, questionsAnswered, entities } = made.insights;
  const lists = [keyPoints, questionsAnswered, entities].map((list) => JSON.stringify(list));
  // What is made anew and reads the same has not changed: after an upgrade, all there is would count as of today.
  sql.run(
    `UPDATE mdArtifacts SET keyPoints = ?, questionsAnswered = ?, entities = ?, insightState = ?,
       insightHash = contentHash, indexedHash = contentHash,
       updateDate = CASE WHEN keyPoints = ? AND questionsAnswered = ? AND entities = ? THEN updateDate ELSE ? END
     WHERE id = ?`,
    [...lists, made.state, ...lists, isoNow(), id],
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

/** The row is in view at once: the artifact is marked as indexed in the same transaction. */
function writeArtifactRow(sql: SqlNow, prepared: ArtifactToWrite): number {
  const { artifact, place } = prepared;
  const [row] = sql.all(
    `INSERT INTO searchArtifact (artifactId, integration, account, kind, date, live, words, chunks, container, position)
     VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?) RETURNING no`,
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
  return Number(row?.["no"]);
}

const wordRows = insertInto("searchChunk", ["no", "ordinal", "words"], "rowId, ordinal");
const chunkRows = insertInto("chunk", [
  "rowId",
  "artifactId",
  "ordinal",
  "startLine",
  "endLine",
  "heading",
  "text",
]);
const termRows = insertInto("searchTerms", ["rowId", "stems", "exact"]);
const entityRows = insertInto("searchEntity", ["entity", "no", "name"]);

/** All chunks of an artifact, a statement for each table but the full-text one. */
function writeChunks(
  sql: SqlNow,
  texts: FullTextRows,
  id: string,
  no: number,
  chunks: readonly PreparedChunk[],
): void {
  const given = wordRows(
    sql,
    chunks.map(({ ordinal, words }) => [no, ordinal, words]),
  );
  const rowIds = new Map(given.map((row) => [Number(row["ordinal"]), Number(row["rowId"])]));
  const rowIdOf = (ordinal: number) => {
    const rowId = rowIds.get(ordinal);
    if (rowId === undefined) throw new Error("A chunk did not come back from the database.");
    return rowId;
  };
  const numbered = chunks.map((chunk) => ({ ...chunk, rowId: rowIdOf(chunk.ordinal) }));
  chunkRows(
    sql,
    numbered.map((one) => [one.rowId, id, one.ordinal, one.startLine, one.endLine, one.heading, one.text]),
  );
  for (const { rowId, lines } of numbered) texts.addText(rowId, lines);
  termRows(
    sql,
    numbered.map(({ rowId, stems, exact }) => [rowId, stems, exact]),
  );
}
