/** Questions over everything that is stored, for the overview page. */
import { count, desc, eq, gte, isNull, and, not, notExists, or, sql, sum } from "drizzle-orm";
import { mdArtifacts, sourceContext, syncRun, syncTask } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { RunState, SyncTask } from "@/core/models/sync";
import { standingFailure } from "./tasks";

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

/** The newest failures that still stand; a step that says what its whole sync says is left out. */
export function newestFailures(db: Db, limit: number): Promise<SyncTask[]> {
  const saidBySync = db
    .select({ one: sql`1` })
    .from(syncRun)
    .where(and(eq(syncRun.id, syncTask.runId), eq(syncRun.error, syncTask.error)));
  return db
    .select()
    .from(syncTask)
    .where(and(standingFailure(db), or(eq(syncTask.step, "sync"), notExists(saidBySync))))
    .orderBy(desc(syncTask.updateDate), desc(syncTask.id))
    .limit(limit);
}

/** How many items stand as failed. Steps of a sync, which name its mode, are none. */
export function countFailures(db: Db): Promise<number> {
  const isStep = sql`json_extract(${syncTask.inputs}, '$.mode') IS NOT NULL`;
  return db.$count(syncTask, and(standingFailure(db), not(isStep)));
}

/** What is known of each account's lay of the land, as it was stored. */
export function allSourceContexts(db: Db): Promise<{ integration: string; context: unknown }[]> {
  return db
    .select({ integration: sourceContext.integration, context: sourceContext.context })
    .from(sourceContext);
}
