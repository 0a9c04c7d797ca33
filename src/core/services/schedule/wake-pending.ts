import { listScheduleRows } from "@/core/db/queries/schedules";
import { accountsWithDueItems } from "@/core/db/queries/waiting-items";
import { CLOCK_SLACK_MS } from "@/core/services/sync/lease";
import type { StartDeps } from "./start-due";

/** Syncs that are started for pending items alone are at least this far apart, in milliseconds. */
const APART_MS = 30_000;

/**
 * Starts an incremental sync of each account in which a pending item (a transcript in the making, say) has come due, so
 * that it need not wait for the next schedule. Not of an account that a person has paused, or that needs a reconnect.
 */
export async function wakePending(deps: StartDeps, now: Date): Promise<void> {
  const due = await accountsWithDueItems(deps.db, {
    now,
    notSince: new Date(now.getTime() - APART_MS),
    notAfter: new Date(now.getTime() + CLOCK_SLACK_MS),
  });
  for (const { integration, account } of due) {
    if (await isHeld(deps, integration, account)) continue;
    try {
      await deps.runner.start({ integration, account, mode: "incremental", trigger: "schedule" });
      deps.log.info("Items that were not ready are asked for again.", { integration });
    } catch (error) {
      deps.log.warn("Items that were not ready could not be asked for again.", { integration, error });
    }
  }
}

async function isHeld(
  { db, credentials }: StartDeps,
  integration: string,
  account: string,
): Promise<boolean> {
  const stored = await credentials.list(integration);
  if (stored.some((one) => one.account === account && one.status === "needs_reconnect")) return true;
  const rows = await listScheduleRows(db, { integration });
  const concerning = rows.filter((row) => row.account === "" || row.account === account);
  return concerning.length > 0 && concerning.every((row) => !row.enabled);
}
