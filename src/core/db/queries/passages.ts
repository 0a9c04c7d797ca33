/** An artifact's passages as search sees them. */
import { asc, eq } from "drizzle-orm";
import { chunk, contentEmbedding, mdArtifacts } from "@/core/db/schema";
import type { Passage } from "@/core/models/api";
import type { Db } from "@/core/models/database";

/** Most passages that are answered; a text of this many is read elsewhere. */
const MOST = 2_000;

/** Passages in their order with the models of their vectors, and whether they belong to the stored version. */
export async function passagesOf(
  db: Db,
  artifactId: string,
): Promise<{ indexed: boolean; passages: Passage[] }> {
  const [rows, vectors, state] = await Promise.all([
    db
      .select({
        ordinal: chunk.ordinal,
        startLine: chunk.startLine,
        endLine: chunk.endLine,
        heading: chunk.heading,
        text: chunk.text,
      })
      .from(chunk)
      .where(eq(chunk.artifactId, artifactId))
      .orderBy(asc(chunk.ordinal))
      .limit(MOST),
    db
      .select({ ordinal: contentEmbedding.ordinal, model: contentEmbedding.model })
      .from(contentEmbedding)
      .where(eq(contentEmbedding.artifactId, artifactId)),
    db
      .select({ indexedHash: mdArtifacts.indexedHash })
      .from(mdArtifacts)
      .where(eq(mdArtifacts.id, artifactId)),
  ]);
  const models = Map.groupBy(vectors, (vector) => vector.ordinal);
  const passages = rows.map((row) => ({
    ...row,
    models: (models.get(row.ordinal) ?? []).map((vector) => vector.model),
  }));
  return { indexed: (state[0]?.indexedHash ?? null) !== null, passages };
}
