import { and, eq, isNull } from "drizzle-orm";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";

/** Stage of a run that only holds its account for a purge; a purge that was killed is finished, not synced. */
export const PURGING = "purging";

/** Says on the run's row what it is doing, in words for people. A run that is asked to stop keeps saying so. */
export async function setStage(db: Db, runId: string, stage: string): Promise<void> {
  await db
    .update(syncRun)
    .set({ stage })
    .where(and(eq(syncRun.id, runId), isNull(syncRun.cancelRequestedAt)));
}
