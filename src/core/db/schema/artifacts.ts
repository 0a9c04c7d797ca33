import { sql } from "drizzle-orm";
import type { ArtifactKind, InsightState, JsonValue } from "@/core/models/artifact";
import { index, integer, json, serial, table, text, uniqueIndex } from "@/core/db/table";

/** Every synced item as clean markdown: what people read, agents are given and search is built from. */
export const mdArtifacts = table(
  "mdArtifacts",
  {
    /** Made from integration, account and source id alone, so an item that returns gets its old id back. */
    id: text().primaryKey(),
    /** Unique and stable, from the source's identity only. */
    integrationArtifactId: text().notNull(),
    integration: text().notNull(),
    account: text().notNull(),
    kind: text().$type<ArtifactKind>().notNull(),
    title: text().notNull(),
    url: text(),
    author: text(),
    /** When this row last changed here. */
    updateDate: text().notNull(),
    /** The source's own time of the item. */
    artifactDate: text(),
    markdown: text().notNull(),
    keyPoints: json().$type<string[]>().notNull(),
    questionsAnswered: json().$type<string[]>().notNull(),
    entities: json().$type<string[]>().notNull(),
    metadata: json().$type<Record<string, JsonValue>>().notNull(),
    /** Hash over everything rendered; equal hash means nothing to do. */
    contentHash: text().notNull(),
    insightState: text().$type<InsightState>().notNull(),
    /** `contentHash` that the insights were made from. Null while the artifact waits for them. */
    insightHash: text(),
    /**
     * `contentHash` that the index holds. Null while the artifact waits for indexing: search serves only rows whose
     * chunks belong to exactly this version of content and insights, so whoever changes either sets this to null.
     */
    indexedHash: text(),
    /** Set when the source no longer has the item, or no longer shows it. Never served while set. */
    deletedAt: text(),
    deletedReason: text().$type<"gone" | "hidden">(),
  },
  (t) => [
    uniqueIndex("mdArtifacts_source").on(t.integration, t.account, t.integrationArtifactId),
    index("mdArtifacts_integration_date").on(t.integration, t.artifactDate),
    // Lists never read a row that they do not show: what decides stands behind long texts there. Whether it is served
    // comes last, so that nobody who asks for that alone is led here in place of the smaller indexes below.
    index("mdArtifacts_listing").on(
      t.updateDate,
      t.id,
      t.integration,
      t.kind,
      t.title,
      t.author,
      t.integrationArtifactId,
      t.artifactDate,
      t.deletedAt,
    ),
    // What waits is found without reading what does not.
    index("mdArtifacts_waitingForIndex")
      .on(t.integration)
      .where(sql`"deletedAt" IS NULL AND "indexedHash" IS NULL`),
    index("mdArtifacts_waitingForInsights")
      .on(t.integration, t.id)
      .where(sql`"deletedAt" IS NULL AND "insightHash" IS NULL`),
    index("mdArtifacts_insights").on(t.insightState, t.deletedAt),
    // Agents and pages ask by the source's id too.
    index("mdArtifacts_sourceId").on(t.integrationArtifactId),
    // Counting what is served and what waits never reads a row.
    index("mdArtifacts_served")
      .on(t.integration, t.account, t.indexedHash)
      .where(sql`"deletedAt" IS NULL`),
  ],
);

/** One passage of one artifact's markdown, cut at headings, turns and sentences. Lines are 1-based, inclusive. */
export const chunk = table(
  "chunk",
  {
    /** Full text tables refer to chunks by this number. */
    rowId: serial().primaryKey(),
    artifactId: text()
      .notNull()
      .references(() => mdArtifacts.id, { onDelete: "cascade" }),
    ordinal: integer().notNull(),
    startLine: integer().notNull(),
    endLine: integer().notNull(),
    heading: text(),
    text: text().notNull(),
  },
  (t) => [uniqueIndex("chunk_artifact").on(t.artifactId, t.ordinal)],
);
