/** Questions over everything that is stored, for the overview page. */
import { count, desc, eq, gte, isNull, and, sql, sum } from "drizzle-orm";
import { mdArtifacts, sourceContext, syncRun, syncTask } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { RunState, SyncTask } from "@/core/models/sync";

export interface DayOfSyncs {
  day: string;
  inserted: number;
  updated: number;
  deleted: number;
  failed: number;
}

/** What syncs did to items, by the UTC day they started, since `since` (`YYYY-MM-DD`). Days without any are left out. */
export function syncsByDay(db: Db, since: string): Promise<DayOfSyncs[]> {
  const day = sql<string>`substr(${syncRun.createdAt}, 1, 10)`;
  const total = (column: Parameters<typeof sum>[0]) => sum(column).mapWith(Number);
  return db
    .select({
      day,
      inserted: total(syncRun.inserted),
      updated: total(syncRun.updated),
      deleted: total(syncRun.deleted),
      failed: total(syncRun.failed),
    })
    .from(syncRun)
    .where(gte(syncRun.createdAt, since))
    .groupBy(day)
    .orderBy(day);
}

/** How many runs are in each state. */
export async function runsByState(db: Db): Promise<Map<RunState, number>> {
  const rows = await db.select({ state: syncRun.state, runs: count() }).from(syncRun).groupBy(syncRun.state);
  return new Map(rows.map((row) => [row.state, row.runs]));
}

/** Served artifacts that wait for insights. */
export function countWaitingForInsights(db: Db): Promise<number> {
  return db.$count(mdArtifacts, and(isNull(mdArtifacts.deletedAt), isNull(mdArtifacts.insightHash)));
}

/** The newest tasks that failed and have not been made good. */
export function newestFailures(db: Db, limit: number): Promise<SyncTask[]> {
  return db
    .select()
    .from(syncTask)
    .where(eq(syncTask.status, "FAILED"))
    .orderBy(desc(syncTask.updateDate), desc(syncTask.id))
    .limit(limit);
}

/** How many tasks stand as failed. */
export function countFailures(db: Db): Promise<number> {
  return db.$count(syncTask, eq(syncTask.status, "FAILED"));
}

/** What is known of each account's lay of the land, as it was stored. */
export function allSourceContexts(db: Db): Promise<{ integration: string; context: unknown }[]> {
  return db
    .select({ integration: sourceContext.integration, context: sourceContext.context })
    .from(sourceContext);
}
