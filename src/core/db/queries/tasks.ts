import { and, desc, eq, gte, inArray, ne, notExists, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "@/core/models/database";
import type { SyncTask } from "@/core/models/sync";
import { syncRun, syncTask } from "@/core/db/schema";
import { DAY_MS } from "@/lib/time";

/** Rows a page of the task list holds. */
const TASKS_PER_PAGE = 50;

/**
 * Failures that still stand. An item's row says by itself when it has been made good; what went wrong with a sync as a
 * whole is over once a later sync of the account has succeeded.
 */
export function standingFailure(db: Db): SQL | undefined {
  const laterSuccess = db
    .select({ one: sql`1` })
    .from(syncRun)
    .where(
      and(
        eq(syncRun.integration, syncTask.integration),
        eq(syncRun.account, syncTask.account),
        eq(syncRun.state, "succeeded"),
        gte(syncRun.createdAt, syncTask.updateDate),
        ne(syncRun.id, sql`coalesce(${syncTask.runId}, '')`),
      ),
    );
  const isItem = sql`json_extract(${syncTask.inputs}, '$.item') IS NOT NULL`;
  return and(eq(syncTask.status, "FAILED"), or(isItem, notExists(laterSuccess)));
}

/** Tasks that went on in the last `minutes`, and every failure of the last day that still stands; newest first. */
export function recentTasks(db: Db, minutes = 10, now: Date = new Date()): Promise<SyncTask[]> {
  const since = (ms: number) => new Date(now.getTime() - ms).toISOString();
  const recent = and(ne(syncTask.status, "FAILED"), gte(syncTask.updateDate, since(minutes * 60_000)));
  const failedToday = and(standingFailure(db), gte(syncTask.updateDate, since(DAY_MS)));
  return db
    .select()
    .from(syncTask)
    .where(or(recent, failedToday))
    .orderBy(desc(syncTask.updateDate), desc(syncTask.id))
    .limit(200);
}

/** Tasks of an integration, newest first, `page` counted from 0. */
export function listTasks(
  db: Db,
  integration: string,
  page: number,
  filter: { status?: SyncTask["status"] | undefined; runId?: string | undefined } = {},
): Promise<SyncTask[]> {
  const conditions: SQL[] = [eq(syncTask.integration, integration)];
  if (filter.status !== undefined) conditions.push(eq(syncTask.status, filter.status));
  if (filter.runId !== undefined) conditions.push(eq(syncTask.runId, filter.runId));
  return db
    .select()
    .from(syncTask)
    .where(and(...conditions))
    .orderBy(desc(syncTask.updateDate), desc(syncTask.id))
    .limit(TASKS_PER_PAGE)
    .offset(page * TASKS_PER_PAGE);
}

/** Failed tasks, all that still stand or those with these ids, oldest first: a list taken once, so nothing is skipped while it shrinks. */
export function failedTasks(
  db: Db,
  filter: { integration?: string | undefined; taskIds?: readonly string[] | undefined },
): Promise<SyncTask[]> {
  const named =
    filter.taskIds && and(eq(syncTask.status, "FAILED"), inArray(syncTask.id, [...filter.taskIds]));
  const conditions = [named ?? standingFailure(db)];
  if (filter.integration !== undefined) conditions.push(eq(syncTask.integration, filter.integration));
  return db
    .select()
    .from(syncTask)
    .where(and(...conditions))
    .orderBy(syncTask.updateDate);
}

/** Writes a task row, or what changed of it. */
export async function upsertSyncTask(
  db: Db,
  task: Pick<SyncTask, "id" | "integration" | "account" | "step" | "status"> &
    Partial<Pick<SyncTask, "runId" | "counts" | "error">> & {
      inputs?: (typeof syncTask.$inferInsert)["inputs"];
    },
): Promise<void> {
  const now = new Date().toISOString();
  const { runId = null, counts = {}, error = null, inputs = {} } = task;
  const changing = { status: task.status, counts, error, inputs, updateDate: now };
  await db
    .insert(syncTask)
    .values({ ...task, runId, retries: 0, createdAt: now, ...changing })
    .onConflictDoUpdate({ target: syncTask.id, set: changing });
}
