import { listRuns } from "@/core/db/queries/runs";
import type { App } from "@/core/services/app";

/** Cancels the syncs that hold, or will want again, an account of the integration; without one, any of its accounts. */
export async function cancelSyncs(
  { db, runner }: Pick<App, "db" | "runner">,
  integration: string,
  account: string | undefined,
): Promise<void> {
  const active = await listRuns(db, { integration, account, states: ["queued", "running", "parked"] });
  for (const { id } of active) await runner.cancel(id);
}
