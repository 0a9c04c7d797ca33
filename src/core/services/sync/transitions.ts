import { and, eq, inArray } from "drizzle-orm";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { RunState } from "@/core/models/sync";

/** From which states a run may enter a state. A run's state changes only through `transition`. */
const allowed: Record<RunState, readonly RunState[]> = {
  queued: [],
  running: ["queued", "running", "interrupted", "parked"],
  succeeded: ["running"],
  failed: ["queued", "running"],
  interrupted: ["queued", "running"],
  cancelled: ["queued", "running", "interrupted", "parked"],
  parked: ["running", "interrupted", "parked"],
};

/** States from which a run is picked up again. */
export const resumableStates: readonly RunState[] = ["interrupted", "parked"];
/** States that a run never leaves. */
export const finalStates: readonly RunState[] = ["succeeded", "failed", "cancelled"];

export type RunFields = Partial<
  Pick<
    typeof syncRun.$inferInsert,
    | "stage"
    | "error"
    | "cause"
    | "leaseOwner"
    | "heartbeatAt"
    | "startedAt"
    | "finishedAt"
    | "parkedUntil"
    | "resumes"
    | "cancelRequestedAt"
  >
>;

/**
 * Moves a run to a state if it may go there from where it is. False when it may not: somebody else moved it.
 * `owner` is given by who works on the run: then it moves only while its row names that one.
 */
export async function transition(
  db: Db,
  runId: string,
  to: RunState,
  fields: RunFields = {},
  owner?: string,
): Promise<boolean> {
  const held = owner === undefined ? undefined : eq(syncRun.leaseOwner, owner);
  const moved = await db
    .update(syncRun)
    .set({ ...fields, state: to })
    .where(and(eq(syncRun.id, runId), inArray(syncRun.state, [...allowed[to]]), held))
    .returning({ id: syncRun.id });
  return moved.length > 0;
}
