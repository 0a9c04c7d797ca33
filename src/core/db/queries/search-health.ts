/** Whether the derived search tables fit what they were made from. For `doctor`. */
import type { Db } from "@/core/models/database";

/** What each count finds, in words. */
const strays: readonly { what: string; sql: string }[] = [
  {
    what: "search rows of passages that are gone",
    sql: `SELECT count(*) AS n FROM searchChunk LEFT JOIN chunk ON chunk.rowId = searchChunk.rowId WHERE chunk.rowId IS NULL`,
  },
  {
    what: "search rows of artifacts that are gone",
    sql: `SELECT count(*) AS n FROM searchArtifact AS s LEFT JOIN mdArtifacts AS m ON m.id = s.artifactId WHERE m.id IS NULL`,
  },
  {
    what: "artifacts that search serves though they are not to be served",
    sql: `SELECT count(*) AS n FROM searchArtifact AS s JOIN mdArtifacts AS m ON m.id = s.artifactId
          WHERE s.live = 1 AND m.deletedAt IS NOT NULL`,
  },
  {
    what: "indexed artifacts that search leaves out",
    sql: `SELECT count(*) AS n FROM searchArtifact AS s JOIN mdArtifacts AS m ON m.id = s.artifactId
          WHERE s.live = 0 AND m.indexedHash IS NOT NULL AND m.deletedAt IS NULL`,
  },
];

/** What is wrong with the rows of the search tables, in words; empty when nothing is, or when there are none yet. */
export async function searchProblems(db: Db): Promise<string[]> {
  const made = await db.raw.all(`SELECT 1 FROM sqlite_master WHERE name = 'searchArtifact'`);
  if (made.length === 0) return [];
  const problems: string[] = [];
  for (const { what, sql } of strays) {
    const [row] = await db.raw.all(sql);
    const found = Number(row?.["n"] ?? 0);
    if (found > 0) problems.push(`${found} ${what}`);
  }
  return problems;
}
