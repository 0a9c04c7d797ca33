import { Database } from "bun:sqlite";
import type { Db } from "@/core/models/database";
import type { Collection } from "./collection";

/**
 * What plain SQLite full text finds: the same chunks in an FTS5 table with the porter tokenizer, words joined by OR,
 * best chunk for the document. Ranked document ids by query.
 */
export async function plainFullText(
  db: Db,
  collection: Collection,
  integrationOf: (query: string) => string | undefined,
): Promise<Map<string, string[]>> {
  const memory = new Database(":memory:");
  memory.run(
    "CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, source UNINDEXED, body, tokenize='porter unicode61')",
  );
  const rows = await db.raw.all(
    "SELECT m.id, m.integration, m.title || ' ' || c.text AS body FROM chunk c JOIN mdArtifacts m ON m.id = c.artifactId",
  );
  const insert = memory.prepare("INSERT INTO t VALUES (?, ?, ?)");
  memory.transaction(() => {
    for (const row of rows) insert.run(String(row["id"]), String(row["integration"]), String(row["body"]));
  })();
  const find = memory.prepare(
    "SELECT id FROM t WHERE t MATCH ? AND (? IS NULL OR source = ?) ORDER BY rank LIMIT 400",
  );
  const ranked = new Map<string, string[]>();
  for (const query of collection.queries) {
    const words = query.text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
    const source = integrationOf(query.id) ?? null;
    const match = words.map((word) => `"${word}"`).join(" OR ");
    const found = words.length === 0 ? [] : find.values(match, source, source).map(([id]) => String(id));
    ranked.set(query.id, [...new Set(found)].slice(0, 50));
  }
  memory.close();
  return ranked;
}
