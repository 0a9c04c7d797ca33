import { and, asc, eq, lte, type SQL } from "drizzle-orm";
import { syncSchedule } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { SyncMode } from "@/core/models/sync";

export type ScheduleRow = typeof syncSchedule.$inferSelect;

export interface ScheduleFilter {
  integration?: string | undefined;
  /** Empty for the schedule of all accounts; undefined for any. */
  account?: string | undefined;
  mode?: SyncMode | undefined;
}

function matching({ integration, account, mode }: ScheduleFilter): SQL | undefined {
  return and(
    integration === undefined ? undefined : eq(syncSchedule.integration, integration),
    account === undefined ? undefined : eq(syncSchedule.account, account),
    mode === undefined ? undefined : eq(syncSchedule.mode, mode),
  );
}

/** Schedules by integration, account and mode. */
export function listScheduleRows(db: Db, filter: ScheduleFilter = {}): Promise<ScheduleRow[]> {
  return db
    .select()
    .from(syncSchedule)
    .where(matching(filter))
    .orderBy(asc(syncSchedule.integration), asc(syncSchedule.account), asc(syncSchedule.mode));
}

/** Enabled schedules whose time has come. */
export function dueScheduleRows(db: Db, now: Date): Promise<ScheduleRow[]> {
  const due = and(eq(syncSchedule.enabled, true), lte(syncSchedule.nextRunAt, now.toISOString()));
  return db.select().from(syncSchedule).where(due);
}

/** Writes a schedule; the one of the same integration, account and mode gives way, but keeps its history. */
export async function upsertScheduleRow(db: Db, row: ScheduleRow): Promise<void> {
  const { cron, timeZone, enabled, jitterSeconds, nextRunAt, pausedReason, updatedAt } = row;
  await db
    .insert(syncSchedule)
    .values(row)
    .onConflictDoUpdate({
      target: [syncSchedule.integration, syncSchedule.account, syncSchedule.mode],
      set: { cron, timeZone, enabled, jitterSeconds, nextRunAt, pausedReason, updatedAt },
    });
}

/** Changes these columns of a schedule, and no others; nothing where it was removed meanwhile. */
export async function updateScheduleRow(
  db: Db,
  id: string,
  fields: Partial<Pick<ScheduleRow, "enabled" | "nextRunAt" | "lastRunAt" | "pausedReason" | "updatedAt">>,
): Promise<void> {
  await db.update(syncSchedule).set(fields).where(eq(syncSchedule.id, id));
}

/** @returns how many were removed. */
export async function removeScheduleRows(db: Db, filter: ScheduleFilter): Promise<number> {
  const removed = await db.delete(syncSchedule).where(matching(filter)).returning({ id: syncSchedule.id });
  return removed.length;
}
