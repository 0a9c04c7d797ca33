import { and, eq, gt, isNull, lt, notInArray, or, sql } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";

const PAGE = 200;

/** Where the walk over waiting artifacts stands. */
export interface QueuePosition {
  date: string;
  id: string;
}

/**
 * Live artifacts with offline insights of their current version, newest first, after a position and without the
 * integrations left out. A page is 200 long.
 */
export function waitingForModel(
  db: Db,
  after: QueuePosition | undefined,
  withoutIntegrations: readonly string[],
): Promise<QueuePosition[]> {
  const date = sql<string>`coalesce(${mdArtifacts.artifactDate}, ${mdArtifacts.updateDate})`;
  const behind =
    after === undefined
      ? undefined
      : or(lt(date, after.date), and(eq(date, after.date), gt(mdArtifacts.id, after.id)));
  return db
    .select({ date, id: mdArtifacts.id })
    .from(mdArtifacts)
    .where(
      and(
        eq(mdArtifacts.insightState, "offline"),
        eq(mdArtifacts.insightHash, mdArtifacts.contentHash),
        isNull(mdArtifacts.deletedAt),
        withoutIntegrations.length === 0
          ? undefined
          : notInArray(mdArtifacts.integration, [...withoutIntegrations]),
        behind,
      ),
    )
    .orderBy(sql`${date} desc`, mdArtifacts.id)
    .limit(PAGE);
}
