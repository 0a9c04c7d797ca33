import {
  dueScheduleRows,
  listScheduleRows,
  type ScheduleRow,
  updateScheduleRow,
} from "@/core/db/queries/schedules";
import type { Db } from "@/core/models/database";
import { InputError, messageOf } from "@/core/models/errors";
import { parseTimer, type Timer } from "./timer";

/**
 * A clock that was less than this ahead when a schedule last ran doubles no run. One that was further ahead was wrong:
 * without this, a clock that is set back by most of a day would hold every schedule up for as long.
 */
const CLOCK_SLACK_MS = 3_600_000;

export type Claimable = Pick<ScheduleRow, "cron" | "timeZone" | "jitterSeconds">;

/**
 * When a schedule runs next after `after`: its next time, plus a random delay of at most its jitter and never more
 * than half of the way to the time that follows.
 */
export function nextRunOf(row: Claimable, after: Date, random: () => number): Date {
  const timer = parseTimer(row.cron, row.timeZone);
  const time = timer.next(after);
  if (row.jitterSeconds === 0) return time;
  return new Date(time.getTime() + Math.floor(random() * longestDelayMs(row, timer, time)));
}

function longestDelayMs(row: Claimable, timer: Timer, time: Date): number {
  return Math.min(row.jitterSeconds * 1000, (timer.next(time).getTime() - time.getTime()) / 2);
}

/**
 * Takes what is due and moves its next run past `now`, in one transaction: of two processes one gets it, and times
 * that were missed while nothing ran come together as one.
 */
export async function claimDue(db: Db, now: Date, random: () => number): Promise<ScheduleRow[]> {
  if ((await dueScheduleRows(db, now)).length === 0) return [];
  return db.transaction(async (tx) => {
    const claimed: ScheduleRow[] = [];
    for (const row of await dueScheduleRows(tx, now)) {
      await orDisable(tx, row, async () => {
        const nextRunAt = nextRunOf(row, now, random).toISOString();
        await updateScheduleRow(tx, row.id, { nextRunAt, lastRunAt: now.toISOString() });
        claimed.push(row);
      });
    }
    return claimed;
  });
}

/** Brings back schedules that a wrong clock, since set right, has moved too far ahead. */
export async function pullInDistant(db: Db, now: Date, random: () => number): Promise<void> {
  for (const row of await listScheduleRows(db)) {
    if (!row.enabled || row.nextRunAt === null) continue;
    const last = Date.parse(row.lastRunAt ?? "");
    const ranAhead = last > now.getTime() && last - now.getTime() < CLOCK_SLACK_MS;
    const after = ranAhead ? new Date(last) : now;
    await orDisable(db, row, async () => {
      const latest = parseTimer(row.cron, row.timeZone).next(after).getTime() + row.jitterSeconds * 1000;
      if (Date.parse(row.nextRunAt ?? "") <= latest) return;
      await updateScheduleRow(db, row.id, { nextRunAt: nextRunOf(row, after, random).toISOString() });
    });
  }
}

/** A schedule whose time cannot be read (its zone is no longer known here, say) says so, and leaves the others alone. */
async function orDisable(db: Db, row: ScheduleRow, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await updateScheduleRow(db, row.id, {
      enabled: false,
      nextRunAt: null,
      pausedReason: messageOf(error),
    });
  }
}
