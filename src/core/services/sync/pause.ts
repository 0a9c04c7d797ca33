/** Pausing a run: it is parked without a time, and only a person starts its account again. */
import { eq } from "drizzle-orm";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { activeStates, type SyncTrigger } from "@/core/models/sync";
import { PURGING } from "./stage";
import { transition } from "./transitions";

/** Stage of a run that was asked to pause and has not reached its next page, and of one that has. */
export const PAUSING = "pausing";
const PAUSED = "paused";

/** Triggers behind which there is no person. */
const automatic: readonly SyncTrigger[] = ["schedule", "watch", "start"];

type Row = Pick<typeof syncRun.$inferSelect, "state" | "stage">;

/** Whether this start must leave a paused run alone. */
export function staysPaused(run: Row, trigger: SyncTrigger): boolean {
  return run.state === "parked" && run.stage === PAUSED && automatic.includes(trigger);
}

/**
 * Asks a run to pause. False when it has ended already, is being cancelled, or purges. One that is not being worked on is
 * paused at once; one that was asked before is left to whoever works on it.
 */
export function requestPause(db: Db, runId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [run] = await tx.select().from(syncRun).where(eq(syncRun.id, runId));
    if (run === undefined) return false;
    if (!activeStates.includes(run.state)) return settlePaused(tx, runId);
    if (run.cancelRequestedAt !== null || run.stage === PURGING) return run.stage === PAUSING;
    await tx
      .update(syncRun)
      .set({ cancelRequestedAt: new Date().toISOString(), stage: PAUSING })
      .where(eq(syncRun.id, runId));
    return true;
  });
}

/** Writes that a run stands still now, if it may. */
export function settlePaused(db: Db, runId: string): Promise<boolean> {
  return transition(db, runId, "parked", {
    stage: PAUSED,
    parkedUntil: null,
    cancelRequestedAt: null,
    leaseOwner: null,
    error: null,
  });
}
