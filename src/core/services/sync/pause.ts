/** Pausing a run: it is parked without a time, and only a person starts its account again. */
import { and, eq, inArray, isNull } from "drizzle-orm";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { SyncTrigger } from "@/core/models/sync";
import { transition } from "./transitions";

/** Stage of a run that was asked to pause and has not reached its next page, and of one that has. */
export const PAUSING = "pausing";
export const PAUSED = "paused";

/** Triggers behind which there is no person. */
const automatic: readonly SyncTrigger[] = ["schedule", "watch", "start"];

type Row = Pick<typeof syncRun.$inferSelect, "state" | "stage">;

/** Whether this start must leave a paused run alone. */
export function staysPaused(run: Row, trigger: SyncTrigger): boolean {
  return run.state === "parked" && run.stage === PAUSED && automatic.includes(trigger);
}

/** Asks a run to pause. False when it has ended already. A run that is not being worked on is paused at once. */
export async function requestPause(db: Db, runId: string): Promise<boolean> {
  const asked = await db
    .update(syncRun)
    .set({ cancelRequestedAt: new Date().toISOString(), stage: PAUSING })
    .where(
      and(
        eq(syncRun.id, runId),
        inArray(syncRun.state, ["queued", "running"]),
        isNull(syncRun.cancelRequestedAt),
      ),
    )
    .returning({ id: syncRun.id });
  return asked.length > 0 || settlePaused(db, runId);
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

/** Whether a run that stopped on request was to pause. */
export async function wasToPause(db: Db, runId: string): Promise<boolean> {
  const [row] = await db.select({ stage: syncRun.stage }).from(syncRun).where(eq(syncRun.id, runId));
  return row?.stage === PAUSING;
}
