import { z } from "zod";
import type { Db, SqlNow } from "@/core/models/database";
import { writeVectorsNow, vectorTables } from "./vector-rows";
import { vectorTexts, type PreparedVectors, type VectorTexts } from "./vector-texts";

const listSchema = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));
const rowSchema = z.object({
  no: z.number(),
  id: z.string(),
  title: z.string(),
  keyPoints: listSchema,
  questionsAnswered: listSchema,
});

/** An artifact that waits for vectors, with its texts. */
export interface QueuedArtifact {
  no: number;
  id: string;
  texts: VectorTexts;
  /** Its passages have vectors already, as where insights alone changed: they are not among the texts, and stay. */
  hasPassages: boolean;
}

/** The next artifacts that wait for vectors of `model`, after the one numbered `after`. */
export async function nextQueued(
  db: Db,
  model: string,
  after: number,
  limit: number,
): Promise<QueuedArtifact[]> {
  const rows = await db.raw.all(
    `SELECT q.no, m.id, m.title, m.keyPoints, m.questionsAnswered
     FROM searchEmbedQueue q CROSS JOIN searchArtifact a ON a.no = q.no CROSS JOIN mdArtifacts m ON m.id = a.artifactId
     WHERE q.no > ? ORDER BY q.no LIMIT ?`,
    [after, limit],
  );
  const artifacts: QueuedArtifact[] = [];
  for (const row of rows) {
    const artifact = rowSchema.parse(row);
    const chunks = await db.raw.all(`SELECT text FROM chunk WHERE artifactId = ? ORDER BY ordinal`, [
      artifact.id,
    ]);
    const [has] = await db.raw.all(
      `SELECT count(*) AS n FROM contentEmbedding WHERE artifactId = ? AND model = ?`,
      [artifact.id, model],
    );
    const hasPassages = Number(has?.["n"]) === chunks.length;
    const texts = hasPassages ? [] : chunks.map((chunk) => ({ text: String(chunk["text"]) }));
    artifacts.push({ no: artifact.no, id: artifact.id, texts: vectorTexts(artifact, texts), hasPassages });
  }
  return artifacts;
}

/** How many wait. */
export async function queueLength(db: Db): Promise<number> {
  const made = await db.raw.all(`SELECT 1 FROM sqlite_master WHERE name = 'searchEmbedQueue'`);
  if (made.length === 0) return 0;
  const [row] = await db.raw.all(`SELECT count(*) AS n FROM searchEmbedQueue`);
  return Number(row?.["n"] ?? 0);
}

/** Milliseconds of writing before other work gets its turn. */
const STRETCH_MS = 20;

/**
 * Stores vectors of artifacts that wait, and takes these out of the queue, in short transactions. One that went or
 * changed meanwhile is left out, as are all when their version is no longer wanted.
 *
 * @returns how many were stored.
 */
export async function storeQueued(
  db: Db,
  done: readonly { artifact: QueuedArtifact; vectors: PreparedVectors }[],
): Promise<number> {
  let stored = 0;
  for (let at = 0; at < done.length;) {
    at = await db.raw.together((sql) => {
      const until = performance.now() + STRETCH_MS;
      let next = at;
      do {
        const one = done[next++];
        if (one !== undefined && storeNow(sql, one.artifact, one.vectors)) stored++;
      } while (next < done.length && performance.now() < until);
      return next;
    });
    await new Promise(setImmediate);
  }
  return stored;
}

function storeNow(sql: SqlNow, { no, id, hasPassages }: QueuedArtifact, vectors: PreparedVectors): boolean {
  const wanted = sql.all(
    `SELECT 1 FROM vectorIndex, searchEmbedQueue WHERE model = ? AND state IN ('active', 'building') AND no = ?`,
    [vectors.model, no],
  );
  if (wanted.length === 0) return false;
  for (const table of vectorTables)
    if (!hasPassages || table !== "contentEmbedding")
      sql.run(`DELETE FROM ${table} WHERE artifactId = ? AND model = ?`, [id, vectors.model]);
  writeVectorsNow(sql, id, vectors);
  sql.run(`DELETE FROM searchEmbedQueue WHERE no = ?`, [no]);
  return true;
}

/** Takes an artifact out of the queue for good: the model can do nothing with it, and words still find it. */
export async function giveUpQueued(db: Db, no: number): Promise<void> {
  await db.raw.run(`DELETE FROM searchEmbedQueue WHERE no = ?`, [no]);
}
