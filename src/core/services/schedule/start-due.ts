import { and, eq, gt } from "drizzle-orm";
import { listScheduleRows, type ScheduleRow, updateScheduleRow } from "@/core/db/queries/schedules";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { CredentialStore, Registry, SyncRunner } from "@/core/services/app";
import { whyFullNow } from "./regular-full";

export interface StartDeps {
  db: Db;
  log: Logger;
  runner: Pick<SyncRunner, "start">;
  credentials: Pick<CredentialStore, "list">;
  registry: Pick<Registry, "integrations">;
}

/** Starts the syncs of a claimed schedule. What keeps an account from syncing is written on the schedule's row. */
export async function startDue(deps: StartDeps, row: ScheduleRow, now: Date): Promise<void> {
  const { integration, mode } = row;
  const { accounts, reasons } = await accountsOf(deps, row, now);
  for (const account of accounts) {
    try {
      const fullBecause = mode === "full" ? undefined : await whyFullOf(deps, { integration, account }, now);
      const started = await deps.runner.start({
        integration,
        account,
        mode,
        trigger: "schedule",
        fullBecause,
      });
      for (const { runId, alreadyRunning } of started) {
        deps.log.info(alreadyRunning ? "A sync is under way already." : "A schedule started a sync.", {
          runId,
          integration,
        });
      }
    } catch (error) {
      reasons.push(messageOf(error));
      deps.log.warn("A schedule could not start its sync.", { integration, error });
    }
  }
  const pausedReason = reasons.length === 0 ? null : reasons.join(" ");
  if (pausedReason !== row.pausedReason) await updateScheduleRow(deps.db, row.id, { pausedReason });
}

/** An integration without accounts syncs as one that is called "default". */
function whyFullOf(
  { db, registry }: StartDeps,
  { integration, account = "default" }: { integration: string; account: string | undefined },
  now: Date,
) {
  const known = registry.integrations.find(({ config }) => config.integration === integration);
  return known === undefined ? undefined : whyFullNow(db, known.config, account, now);
}

/** The accounts that a schedule syncs now (undefined: whatever the source has), and why others are left out. */
async function accountsOf(
  { db, credentials }: StartDeps,
  row: ScheduleRow,
  now: Date,
): Promise<{ accounts: (string | undefined)[]; reasons: string[] }> {
  const stored = await credentials.list(row.integration);
  if (stored.length === 0) return { accounts: [row.account === "" ? undefined : row.account], reasons: [] };
  const own = await listScheduleRows(db, { integration: row.integration, mode: row.mode });
  const hasOwn = (account: string) => own.some((other) => other.account === account);
  const wanted = stored.filter(({ account }) =>
    row.account === "" ? !hasOwn(account) : account === row.account,
  );
  // A schedule of an account that is not connected any more: the runner says what is.
  if (row.account !== "" && wanted.length === 0) return { accounts: [row.account], reasons: [] };
  const waiting = await parkedAccounts(db, row.integration, now);
  const broken = wanted.filter(({ status }) => status === "needs_reconnect");
  return {
    accounts: wanted
      .filter(({ account, status }) => status !== "needs_reconnect" && !waiting.has(account))
      .map(({ account }) => account),
    reasons: broken.map(({ account }) => `${account} needs a reconnect.`),
  };
}

/** Accounts whose source asked to wait: their sync goes on by itself when the time is over, not before. */
async function parkedAccounts(db: Db, integration: string, now: Date): Promise<Set<string>> {
  const rows = await db
    .select({ account: syncRun.account })
    .from(syncRun)
    .where(
      and(
        eq(syncRun.integration, integration),
        eq(syncRun.state, "parked"),
        gt(syncRun.parkedUntil, now.toISOString()),
      ),
    );
  return new Set(rows.map((parked) => parked.account));
}
