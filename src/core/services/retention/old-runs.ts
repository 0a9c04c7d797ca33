import { and, desc, eq, inArray, lt, notInArray } from "drizzle-orm";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { DAY_MS } from "@/lib/time";

/** What of the syncs' history is kept. */
export interface Keep {
  days: number;
  /** Runs an account. */
  runs: number;
}

export type OldRun = typeof syncRun.$inferSelect;

/**
 * Up to `limit` runs of an account that are older than the history is kept, or beyond the newest ones. Never one that
 * may go on, the newest of all, or the newest that succeeded, whatever their age: they say how the account stands.
 */
export async function oldRuns(
  db: Db,
  { integration, account }: { integration: string; account: string },
  keep: Keep,
  now: Date,
  limit: number,
): Promise<OldRun[]> {
  const mine = and(eq(syncRun.integration, integration), eq(syncRun.account, account));
  const newest = () =>
    db.select().from(syncRun).where(mine).orderBy(desc(syncRun.createdAt), desc(syncRun.id));
  const [last] = await newest().limit(1);
  const [boundary] = await newest()
    .limit(1)
    .offset(keep.runs - 1);
  const [lastGood] = await db
    .select()
    .from(syncRun)
    .where(and(mine, eq(syncRun.state, "succeeded")))
    .orderBy(desc(syncRun.createdAt))
    .limit(1);
  const tooOld = new Date(now.getTime() - keep.days * DAY_MS).toISOString();
  const before = boundary !== undefined && boundary.createdAt > tooOld ? boundary.createdAt : tooOld;
  const kept = [last, lastGood].flatMap((run) => (run === undefined ? [] : [run.id]));
  return db
    .select()
    .from(syncRun)
    .where(
      and(
        mine,
        inArray(syncRun.state, ["succeeded", "failed", "cancelled"]),
        lt(syncRun.createdAt, before),
        notInArray(syncRun.id, kept),
      ),
    )
    .orderBy(syncRun.createdAt)
    .limit(limit);
}
