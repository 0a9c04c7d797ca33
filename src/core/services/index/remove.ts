import type { Db, SqlNow } from "@/core/models/database";
import { hasIndex } from "./index-schema";
import { vectorTables } from "./vector-rows";

/**
 * Takes artifacts out of the index: chunks, vectors and full text. Runs inside the caller's transaction, so that an
 * item is never found after it was removed. The artifacts themselves stay, marked as not indexed.
 */
export async function removeFromIndex(tx: Db, artifactIds: readonly string[]): Promise<void> {
  if (artifactIds.length === 0) return;
  const derived = await hasIndex(tx);
  await tx.raw.together((sql) => {
    for (const id of artifactIds) {
      dropRowsNow(sql, id, derived);
      sql.run(`UPDATE mdArtifacts SET indexedHash = NULL WHERE id = ? AND indexedHash IS NOT NULL`, [id]);
    }
  });
}

/** Deletes one artifact's rows; triggers of the search tables carry full text along with chunks and rows. */
export function dropRowsNow(sql: SqlNow, artifactId: string, derived = true): void {
  sql.run(`DELETE FROM chunk WHERE artifactId = ?`, [artifactId]);
  if (derived) sql.run(`DELETE FROM searchArtifact WHERE artifactId = ?`, [artifactId]);
  for (const table of vectorTables) {
    sql.run(`DELETE FROM ${table} WHERE artifactId = ?`, [artifactId]);
  }
}

/** Ids of what was deleted at the source but is still in the index. */
export async function removedButIndexed(
  db: Db,
  { integration, account }: { integration: string; account?: string | undefined },
): Promise<string[]> {
  const rows = await db.raw.all(
    `SELECT s.artifactId AS id FROM searchArtifact s JOIN mdArtifacts a ON a.id = s.artifactId
     WHERE s.integration = ? AND s.live = 0 AND a.deletedAt IS NOT NULL ${account === undefined ? "" : "AND s.account = ?"}`,
    account === undefined ? [integration] : [integration, account],
  );
  return rows.map((row) => String(row["id"]));
}
