/** What made the insights and the vectors that are stored. */
import { count, isNull } from "drizzle-orm";
import { contentEmbedding, mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";

/** Served artifacts by how their insights were made. */
export function countByInsightState(db: Db): Promise<{ state: string; count: number }[]> {
  return db
    .select({ state: mdArtifacts.insightState, count: count() })
    .from(mdArtifacts)
    .where(isNull(mdArtifacts.deletedAt))
    .groupBy(mdArtifacts.insightState);
}

/** Vectors of passages by the model that made them. */
export function countByModel(db: Db): Promise<{ model: string; vectors: number }[]> {
  return db
    .select({ model: contentEmbedding.model, vectors: count() })
    .from(contentEmbedding)
    .groupBy(contentEmbedding.model);
}
