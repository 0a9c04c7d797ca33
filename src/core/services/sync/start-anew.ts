import { and, eq, inArray } from "drizzle-orm";
import { syncCheckpoint, syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { activeStates } from "@/core/models/sync";
import { askBecauseAnew, type Source } from "./full-pass";
import { resumableStates, transition } from "./transitions";

/**
 * The account may be another one at its source from now on: a sync under way stops before it writes anything more,
 * none goes on where an earlier one stood, and the next one reads everything, so that nothing of the old one stays.
 */
export async function startAnew(tx: Db, source: Source, reason: string): Promise<void> {
  const ofAccount = and(eq(syncRun.integration, source.integration), eq(syncRun.account, source.account));
  const now = new Date().toISOString();
  await tx
    .update(syncRun)
    .set({ cancelRequestedAt: now, stage: "cancelling" })
    .where(and(ofAccount, inArray(syncRun.state, [...activeStates])));
  const left = await tx
    .select({ id: syncRun.id })
    .from(syncRun)
    .where(and(ofAccount, inArray(syncRun.state, [...resumableStates])));
  for (const { id } of left) await transition(tx, id, "cancelled", { finishedAt: now, stage: null });
  await tx
    .delete(syncCheckpoint)
    .where(
      and(eq(syncCheckpoint.integration, source.integration), eq(syncCheckpoint.account, source.account)),
    );
  await askBecauseAnew(tx, source, reason);
}
