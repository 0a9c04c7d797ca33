import type { Db } from "@/core/models/database";

/** Title and markdown of everything that is served of an integration, by `integrationArtifactId`. */
export async function servedArtifacts(
  db: Db,
  integration: string,
): Promise<Map<string, { title: string; markdown: string }>> {
  const rows = await db.raw.all(
    "SELECT integrationArtifactId AS id, title, markdown FROM mdArtifacts WHERE integration = ? AND deletedAt IS NULL",
    [integration],
  );
  return new Map(
    rows.map((row) => [
      String(row["id"]),
      { title: String(row["title"]), markdown: String(row["markdown"]) },
    ]),
  );
}
