import { blob, integer, lastingId, table, text, uniqueIndex } from "@/core/db/table";
import { mdArtifacts } from "./artifacts";

/**
 * Versions of the vector index, one a model. Search compares vectors of the active one alone; while another is being
 * built beside it, search stays, and then changes over whole.
 */
export const vectorIndex = table("vectorIndex", {
  /** The embedder's id: model and revision. */
  model: text().primaryKey(),
  dimension: integer().notNull(),
  state: text().$type<"active" | "building" | "dropped">().notNull(),
  startedAt: text().notNull(),
  activeAt: text(),
  /** Why embedding stands still, in plain words; null while it does not. */
  problem: text(),
  problemAt: text(),
});

const vectorColumns = () => ({
  /** Grows with every row, so that a reader finds what is new since it last looked. */
  rowId: lastingId(),
  artifactId: text()
    .notNull()
    .references(() => mdArtifacts.id, { onDelete: "cascade" }),
  ordinal: integer().notNull(),
  /** The version of the vector index; vectors of different models are never compared. */
  model: text().notNull(),
  /** Little-endian 32-bit floats, length 1. */
  vector: blob().notNull(),
});

/** One vector a chunk. `ordinal` is the chunk's. */
export const contentEmbedding = table("contentEmbedding", vectorColumns(), (t) => [
  uniqueIndex("contentEmbedding_artifact").on(t.artifactId, t.model, t.ordinal),
]);

/** One vector a key point. */
export const keyPointsEmbedding = table("keyPointsEmbedding", vectorColumns(), (t) => [
  uniqueIndex("keyPointsEmbedding_artifact").on(t.artifactId, t.model, t.ordinal),
]);

/** One vector a question answered. */
export const questionsAnsweredEmbedding = table("questionsAnsweredEmbedding", vectorColumns(), (t) => [
  uniqueIndex("questionsAnsweredEmbedding_artifact").on(t.artifactId, t.model, t.ordinal),
]);
