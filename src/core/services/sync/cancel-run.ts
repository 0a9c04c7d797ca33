import { eq } from "drizzle-orm";
import { forgetSeen } from "@/core/db/queries/sync-state";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { activeStates } from "@/core/models/sync";
import { PURGING } from "./stage";
import { transition } from "./transitions";

/**
 * Asks a run to stop. False when it has ended already, or purges: half of a purge would be a state that nobody asked
 * for. One that is not being worked on is cancelled at once.
 */
export function requestCancel(db: Db, runId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [run] = await tx.select().from(syncRun).where(eq(syncRun.id, runId));
    if (run === undefined) return false;
    const now = new Date().toISOString();
    if (!activeStates.includes(run.state)) {
      const ended = { finishedAt: now, error: null, stage: null };
      const cancelled = await transition(tx, runId, "cancelled", ended);
      if (cancelled) await forgetSeen(tx, runId);
      return cancelled;
    }
    if (run.stage === PURGING) return false;
    const asked = { cancelRequestedAt: now, stage: "cancelling" };
    await tx.update(syncRun).set(asked).where(eq(syncRun.id, runId));
    return true;
  });
}
