import { eq, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { RunCounts } from "@/core/models/sync";

/** What one page brought, and how many items the source says there are. */
export type PageCounts = RunCounts & { expected?: number | undefined };

const plus = (column: PgColumn, by: number | undefined) => sql`${column} + ${by ?? 0}`;

/**
 * Adds a page's counts to its run's row. What is expected is never less than what was seen: a page tells of its own listing
 * or window alone, and a listing that goes on after a kill may meet again what was counted.
 */
export async function addToRun(tx: Db, runId: string, counts: Partial<PageCounts>): Promise<void> {
  const seen = plus(syncRun.seen, counts.seen);
  const expected = counts.expected ?? syncRun.expected;
  await tx
    .update(syncRun)
    .set({
      seen,
      inserted: plus(syncRun.inserted, counts.inserted),
      updated: plus(syncRun.updated, counts.updated),
      unchanged: plus(syncRun.unchanged, counts.unchanged),
      deleted: plus(syncRun.deleted, counts.deleted),
      skipped: plus(syncRun.skipped, counts.skipped),
      failed: plus(syncRun.failed, counts.failed),
      heartbeatAt: new Date().toISOString(),
      expected: sql`CASE WHEN ${expected} < ${seen} THEN ${seen} ELSE ${expected} END`,
    })
    .where(eq(syncRun.id, runId));
}

/** A listing that starts over counts anew what it meets; what it has written stays counted. */
export async function restartCounts(db: Db, runId: string): Promise<void> {
  await db.update(syncRun).set({ seen: 0, unchanged: 0, skipped: 0, failed: 0 }).where(eq(syncRun.id, runId));
}
