import type { Db } from "@/core/models/database";
import { hasIndex } from "./index-schema";

/**
 * Takes artifacts out of the index: chunks, vectors and full text. Runs inside the caller's transaction, so that an
 * item is never found after it was removed. The artifacts themselves stay, marked as not indexed.
 */
export async function removeFromIndex(tx: Db, artifactIds: readonly string[]): Promise<void> {
  if (artifactIds.length === 0) return;
  const derived = await hasIndex(tx);
  for (const id of artifactIds) {
    await dropIndexRows(tx, id, derived);
    await tx.raw.run(`UPDATE mdArtifacts SET indexedHash = NULL WHERE id = ? AND indexedHash IS NOT NULL`, [
      id,
    ]);
  }
}

/** Deletes one artifact's rows; triggers of the search tables carry full text along with chunks and rows. */
export async function dropIndexRows(tx: Db, artifactId: string, derived = true): Promise<void> {
  await tx.raw.run(`DELETE FROM chunk WHERE artifactId = ?`, [artifactId]);
  if (derived) await tx.raw.run(`DELETE FROM searchArtifact WHERE artifactId = ?`, [artifactId]);
  for (const table of ["contentEmbedding", "keyPointsEmbedding", "questionsAnsweredEmbedding"]) {
    await tx.raw.run(`DELETE FROM ${table} WHERE artifactId = ?`, [artifactId]);
  }
}
