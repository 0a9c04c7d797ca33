import { and, inArray, isNull, lt, ne, notInArray, or } from "drizzle-orm";
import { removeRunLogs } from "@/core/db/queries/run-log";
import { tallyCleared } from "@/core/db/queries/run-totals";
import { syncRun, syncTask } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { DAY_MS } from "@/lib/time";
import { type Keep, type OldRun, oldRuns } from "./old-runs";

/** Rows that go in one transaction, so that nobody waits long for the database. */
const BATCH = 200;

export interface Cleared {
  runs: number;
  tasks: number;
}

/**
 * Clears away the syncs' history beyond what is kept, in small batches with a pause between them. Items that failed
 * and were not taken since keep their task, whatever its age.
 */
export async function clearHistory(
  db: Db,
  keep: Keep,
  now: Date = new Date(),
  signal?: AbortSignal,
): Promise<Cleared> {
  const cleared: Cleared = { runs: 0, tasks: 0 };
  const accounts = await db
    .selectDistinct({ integration: syncRun.integration, account: syncRun.account })
    .from(syncRun);
  for (const account of accounts) {
    for (;;) {
      signal?.throwIfAborted();
      const batch = await oldRuns(db, account, keep, now, BATCH);
      if (batch.length === 0) break;
      cleared.tasks += await clearRuns(db, batch);
      cleared.runs += batch.length;
      await pause();
    }
  }
  const tooOld = new Date(now.getTime() - keep.days * DAY_MS).toISOString();
  for (let gone = BATCH; gone === BATCH; cleared.tasks += gone) {
    signal?.throwIfAborted();
    gone = await clearLooseTasks(db, tooOld);
    await pause();
  }
  return cleared;
}

/** Others get their turn. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

function clearRuns(db: Db, runs: readonly OldRun[]): Promise<number> {
  return db.transaction(async (tx) => {
    const ids = runs.map((run) => run.id);
    const tasks = await tx
      .select({ id: syncTask.id, status: syncTask.status, inputs: syncTask.inputs })
      .from(syncTask)
      .where(inArray(syncTask.runId, ids));
    const settled = tasks.filter(({ status, inputs }) => status !== "FAILED" || inputs["item"] === undefined);
    for (let at = 0; at < settled.length; at += BATCH) {
      const part = settled.slice(at, at + BATCH).map((task) => task.id);
      await tx.delete(syncTask).where(inArray(syncTask.id, part));
    }
    await tallyCleared(tx, runs);
    await removeRunLogs(tx, ids);
    await tx.delete(syncRun).where(inArray(syncRun.id, ids));
    return settled.length;
  });
}

/** Old settled tasks whose run is not there any more, or that never had one. */
async function clearLooseTasks(db: Db, tooOld: string): Promise<number> {
  const loose = await db
    .select({ id: syncTask.id })
    .from(syncTask)
    .where(
      and(
        ne(syncTask.status, "FAILED"),
        lt(syncTask.updateDate, tooOld),
        or(isNull(syncTask.runId), notInArray(syncTask.runId, db.select({ id: syncRun.id }).from(syncRun))),
      ),
    )
    .limit(BATCH);
  if (loose.length > 0) {
    await db.delete(syncTask).where(
      inArray(
        syncTask.id,
        loose.map((task) => task.id),
      ),
    );
  }
  return loose.length;
}
