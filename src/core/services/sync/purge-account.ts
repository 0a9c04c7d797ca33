import { and, eq } from "drizzle-orm";
import { removeRunLogs } from "@/core/db/queries/run-log";
import { syncRun } from "@/core/db/schema";
import type { Credential } from "@/core/models/credential";
import type { Db } from "@/core/models/database";
import { LeaseLostError, NotFoundError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { SyncRunner } from "@/core/services/app";
import { batches } from "@/lib/batches";
import { sleep } from "@/lib/retry";
import type { ActiveRuns, HeldRun } from "./active-runs";
import { claimRun } from "./claim";
import { forgetFullPasses, type Source } from "./full-pass";
import { forgetHeld } from "./held-removals";
import { startBeating } from "./heartbeat";
import { isOurs } from "./lease";
import { ownedTables, purgeCore } from "./purge";
import type { RunnerDeps } from "./runner-deps";
import { PURGING, setStage } from "./stage";

type Deps = RunnerDeps & Pick<SyncRunner, "cancel"> & { active: ActiveRuns; owner: string };

const RETRY_MS = 200;

/**
 * Purges accounts of an integration, all or one: a sync under way is cancelled and waited for, the account is held
 * meanwhile so that none starts, and nothing reappears afterwards. Stored credentials stay.
 *
 * @throws NotFoundError for an account that is not connected, and of which there is nothing.
 */
export async function purgeAccount(
  deps: Deps,
  integration: Integration,
  account: string | undefined,
): Promise<void> {
  const name = integration.config.integration;
  const known = await accountsOf(deps, name);
  if (account !== undefined && !known.includes(account)) {
    throw new NotFoundError(`There is nothing of an account '${account.slice(0, 100)}' of ${name}.`, {
      action: `There is something of: ${known.join(", ") || "none"}. Nothing was removed.`,
    });
  }
  const accounts = account === undefined ? known : [account];
  for (const one of accounts) await purgeOne(deps, integration, { integration: name, account: one });
  deps.log.info("Purged everything that was synced.", { integration: name, accounts: accounts.length });
}

async function purgeOne(deps: Deps, integration: Integration, source: Source): Promise<void> {
  const { db, log, owner } = deps;
  const { runId, held } = await hold(deps, source);
  const { controller, earlier, letGo } = held;
  const stopBeating = startBeating({ db, log, runId, owner });
  try {
    await earlier;
    await integration.deleteSync(db, {
      ...deps.services.for(source.integration, source.account),
      ...source,
      credential: await credentialOf(deps, source),
      signal: controller.signal,
    });
    await purgeCore(db, source.integration, source.account, controller.signal);
    await db.transaction(async (tx) => {
      // Not before: with its row gone, the account is free for a sync, of which nothing may be taken.
      if (!(await isOurs(tx, runId, owner))) throw new LeaseLostError();
      await forgetRuns(tx, source);
      await forgetFullPasses(tx, source);
      await forgetHeld(tx, source);
    });
  } finally {
    stopBeating();
    letGo();
  }
}

/** Takes the account's lease, cancelling whoever holds it. */
async function hold(deps: Deps, source: Source): Promise<{ runId: string; held: HeldRun }> {
  const request = { ...source, mode: "full", trigger: "manual", confirmDeletions: false } as const;
  for (;;) {
    const { runId, held } = await deps.active.claiming(deps.db, async (tx, take) => {
      const claim = await claimRun(tx, request, deps.owner);
      if (!claim.ours) return { runId: claim.runId, held: undefined };
      await setStage(tx, claim.runId, PURGING);
      return { runId: claim.runId, held: take(claim.runId) };
    });
    if (held !== undefined) return { runId, held };
    await deps.cancel(runId);
    await sleep(RETRY_MS);
  }
}

/** The account's runs with their logs. */
async function forgetRuns(tx: Db, { integration, account }: Source): Promise<void> {
  const gone = await tx
    .delete(syncRun)
    .where(and(eq(syncRun.integration, integration), eq(syncRun.account, account)))
    .returning({ id: syncRun.id });
  for (const ids of batches(gone, 500))
    await removeRunLogs(
      tx,
      ids.map(({ id }) => id),
    );
}

/** Every account of which there is anything, connected or not. */
async function accountsOf({ credentials, db }: Deps, integration: string): Promise<string[]> {
  const found = new Set((await credentials.list(integration)).map(({ account }) => account));
  for (const table of [syncRun, ...ownedTables]) {
    const rows = await db
      .selectDistinct({ account: table.account })
      .from(table)
      .where(eq(table.integration, integration));
    for (const { account } of rows) found.add(String(account));
  }
  return [...found];
}

/** Secrets that no longer open must not keep anybody from deleting what they brought in. */
async function credentialOf(deps: Deps, { integration, account }: Source): Promise<Credential> {
  const empty = { id: "", integration, account, options: {} };
  try {
    return (await deps.credentials.read(integration, account)) ?? empty;
  } catch (error) {
    deps.log.warn("Purging an account whose credential does not open.", { integration, error });
    return empty;
  }
}
