/** What made the insights and the vectors that are stored. */
import { count, eq, isNull } from "drizzle-orm";
import { contentEmbedding, mdArtifacts, vectorIndex } from "@/core/db/schema";
import type { Db } from "@/core/models/database";

/** Served artifacts by how their insights were made. */
export function countByInsightState(db: Db): Promise<{ state: string; count: number }[]> {
  return db
    .select({ state: mdArtifacts.insightState, count: count() })
    .from(mdArtifacts)
    .where(isNull(mdArtifacts.deletedAt))
    .groupBy(mdArtifacts.insightState);
}

/**
 * Vectors of passages by the model that made them. Each is counted by itself: there is hardly ever more than one, and
 * grouping 300,000 vectors takes four times as long.
 */
export async function countByModel(db: Db): Promise<{ model: string; vectors: number }[]> {
  const counted: { model: string; vectors: number }[] = [];
  for (const { model } of await db.select({ model: vectorIndex.model }).from(vectorIndex)) {
    const vectors = await db.$count(contentEmbedding, eq(contentEmbedding.model, model));
    if (vectors > 0) counted.push({ model, vectors });
  }
  return counted;
}
