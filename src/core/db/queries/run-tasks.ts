/** The tasks of one run, a page at a time, and its steps put together from them. */
import { and, asc, count, eq, max, min, sql, sum } from "drizzle-orm";
import { syncTask } from "@/core/db/schema";
import type { RunStep } from "@/core/models/api";
import type { Db } from "@/core/models/database";
import type { SyncTask, TaskStatus } from "@/core/models/sync";

/** Tasks of a run in the order they were made, and how many there are. */
export async function tasksOfRun(
  db: Db,
  runId: string,
  page: { offset: number; limit: number; status?: TaskStatus | undefined },
): Promise<{ syncTasks: SyncTask[]; total: number }> {
  const own = eq(syncTask.runId, runId);
  const filter = page.status === undefined ? own : and(own, eq(syncTask.status, page.status));
  const [syncTasks, total] = await Promise.all([
    db
      .select()
      .from(syncTask)
      .where(filter)
      .orderBy(asc(syncTask.createdAt), asc(syncTask.id))
      .limit(page.limit)
      .offset(page.offset),
    db.$count(syncTask, filter),
  ]);
  return { syncTasks, total };
}

/** Each step of a run: from its first task's start to its last one's end, in the order they began. */
export async function stepsOfRun(db: Db, runId: string): Promise<RunStep[]> {
  const standing = (status: TaskStatus) =>
    sum(sql`case when ${syncTask.status} = ${status} then 1 else 0 end`).mapWith(Number);
  const rows = await db
    .select({
      step: syncTask.step,
      from: min(syncTask.createdAt),
      to: max(syncTask.updateDate),
      tasks: count(),
      failed: standing("FAILED"),
      pending: standing("PENDING"),
    })
    .from(syncTask)
    .where(eq(syncTask.runId, runId))
    .groupBy(syncTask.step)
    .orderBy(min(syncTask.createdAt));
  return rows.flatMap(({ from, to, ...row }) => (from === null || to === null ? [] : [{ ...row, from, to }]));
}
