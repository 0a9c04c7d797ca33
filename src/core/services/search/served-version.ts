import type { Db } from "@/core/models/database";
import { generationKey } from "@/core/services/index/index-schema";

/**
 * Changes whenever anything that search remembers was written, by this connection or any other: no number of a row is
 * given twice, and what came into view, went out of it or is gone stands in `searchChange`. What else is written to the
 * database, such as which agent called last, leaves it as it is.
 */
export async function servedVersion(db: Db): Promise<string> {
  const [row] = await db.raw.all(
    `SELECT concat_ws(':', (SELECT value FROM setting WHERE "key" = ?), (SELECT max(seq) FROM searchChange),
       (SELECT max(no) FROM searchArtifact), (SELECT max(rowId) FROM searchChunk),
       (SELECT max(rowId) FROM contentEmbedding), (SELECT max(rowId) FROM keyPointsEmbedding),
       (SELECT max(rowId) FROM questionsAnsweredEmbedding)) AS version`,
    [generationKey],
  );
  return String(row?.["version"]);
}
