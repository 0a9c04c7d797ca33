import { and, count, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Artifact, ArtifactSummary } from "@/core/models/api";
import type { Db } from "@/core/models/database";
import { mdArtifacts } from "@/core/db/schema";

/** What lists show of an artifact. */
export const summaryColumns = {
  id: mdArtifacts.id,
  integrationArtifactId: mdArtifacts.integrationArtifactId,
  integration: mdArtifacts.integration,
  account: mdArtifacts.account,
  kind: mdArtifacts.kind,
  title: mdArtifacts.title,
  url: mdArtifacts.url,
  author: mdArtifacts.author,
  artifactDate: mdArtifacts.artifactDate,
  updateDate: mdArtifacts.updateDate,
  insightState: mdArtifacts.insightState,
};

const wholeColumns = {
  ...summaryColumns,
  markdown: mdArtifacts.markdown,
  keyPoints: mdArtifacts.keyPoints,
  questionsAnswered: mdArtifacts.questionsAnswered,
  entities: mdArtifacts.entities,
  metadata: mdArtifacts.metadata,
};

/** The served artifact with this id, ours or the integration's; undefined when there is none (any more). */
export async function findArtifact(db: Db, id: string): Promise<Artifact | undefined> {
  const matches = or(eq(mdArtifacts.id, id), eq(mdArtifacts.integrationArtifactId, id));
  const rows = await db
    .select(wholeColumns)
    .from(mdArtifacts)
    .where(and(matches, isNull(mdArtifacts.deletedAt)))
    .orderBy(desc(mdArtifacts.updateDate))
    .limit(2);
  return rows.find((row) => row.id === id) ?? rows[0];
}

/** Served artifacts by id, with the names they mention. */
export async function findSummaries(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, ArtifactSummary & { entities: string[] }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ ...summaryColumns, entities: mdArtifacts.entities })
    .from(mdArtifacts)
    .where(and(inArray(mdArtifacts.id, [...ids]), isNull(mdArtifacts.deletedAt)));
  return new Map(rows.map((row) => [row.id, row]));
}

export interface ArtifactCount {
  integration: string;
  account: string;
  /** Served artifacts, those that wait for the index included. */
  live: number;
  /** Of these, the ones that wait for the index. */
  waiting: number;
}

/** How many artifacts each account holds. */
export function countArtifacts(db: Db): Promise<ArtifactCount[]> {
  return db
    .select({
      integration: mdArtifacts.integration,
      account: mdArtifacts.account,
      live: count(),
      waiting: sql<number>`sum(case when ${mdArtifacts.indexedHash} is null then 1 else 0 end)`.mapWith(
        Number,
      ),
    })
    .from(mdArtifacts)
    .where(isNull(mdArtifacts.deletedAt))
    .groupBy(mdArtifacts.integration, mdArtifacts.account);
}

/** What is stored of these artifacts, removed ones included, by id: the old side of the comparison. */
export async function storedArtifacts(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { contentHash: string; deletedAt: string | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: mdArtifacts.id, contentHash: mdArtifacts.contentHash, deletedAt: mdArtifacts.deletedAt })
    .from(mdArtifacts)
    .where(inArray(mdArtifacts.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}
