import { eq, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { RunCounts } from "@/core/models/sync";

/** What one page brought, and how many items the source says there are. */
export type PageCounts = RunCounts & { expected?: number | undefined };

const plus = (column: PgColumn, by: number | undefined) => sql`${column} + ${by ?? 0}`;

/** Adds a page's counts to its run's row. */
export async function addToRun(tx: Db, runId: string, counts: Partial<PageCounts>): Promise<void> {
  await tx
    .update(syncRun)
    .set({
      seen: plus(syncRun.seen, counts.seen),
      inserted: plus(syncRun.inserted, counts.inserted),
      updated: plus(syncRun.updated, counts.updated),
      unchanged: plus(syncRun.unchanged, counts.unchanged),
      deleted: plus(syncRun.deleted, counts.deleted),
      skipped: plus(syncRun.skipped, counts.skipped),
      failed: plus(syncRun.failed, counts.failed),
      heartbeatAt: new Date().toISOString(),
      ...(counts.expected === undefined ? {} : { expected: counts.expected }),
    })
    .where(eq(syncRun.id, runId));
}

/** A listing that starts over counts anew what it meets; what it has written stays counted. */
export async function restartCounts(db: Db, runId: string): Promise<void> {
  await db.update(syncRun).set({ seen: 0, unchanged: 0, skipped: 0, failed: 0 }).where(eq(syncRun.id, runId));
}
