import { findRun } from "@/core/db/queries/runs";
import type { Db } from "@/core/models/database";
import { isActive, type SyncRun } from "@/core/models/sync";
import type { CallingClient } from "./calling-client";

/** Clients give up on a call after a minute when nothing else is agreed. */
const LONGEST_WAIT_MS = 45_000;
const POLL_MS = 250;

/**
 * Waits until runs have ended, need a person or a later time, or 45 seconds are over, and tells the client meanwhile
 * how many items they met. Returns the runs as they stand; at once when the call is given up.
 */
export async function followRuns(
  db: Db,
  runIds: readonly string[],
  client: Pick<CallingClient, "tell">,
  signal: AbortSignal,
  longestMs = LONGEST_WAIT_MS,
): Promise<SyncRun[]> {
  const deadline = performance.now() + longestMs;
  for (let told = -1; ;) {
    const found = await Promise.all(runIds.map((id) => findRun(db, id)));
    const runs = found.filter((run) => run !== undefined);
    const seen = runs.reduce((sum, run) => sum + run.seen, 0);
    if (seen > told && !signal.aborted) {
      const expected = runs.reduce((sum, run) => sum + (run.expected ?? Number.NaN), 0);
      const total = expected >= seen ? { total: expected } : {};
      await client.tell({ progress: seen, ...total, message: `${seen} items met so far` });
      told = seen;
    }
    if (signal.aborted || performance.now() >= deadline || !runs.some(isActive)) return runs;
    await Bun.sleep(POLL_MS);
  }
}
