import { and, eq } from "drizzle-orm";
import { removeRunLogs } from "@/core/db/queries/run-log";
import { syncRun } from "@/core/db/schema";
import type { Credential } from "@/core/models/credential";
import type { Db } from "@/core/models/database";
import type { Integration } from "@/core/models/integration";
import type { SyncRunner } from "@/core/services/app";
import { batches } from "@/lib/batches";
import { sleep } from "@/lib/retry";
import { claimRun } from "./claim";
import { forgetFullPasses } from "./full-pass";
import { purgeCore } from "./purge";
import type { RunnerDeps } from "./runner-deps";
import { setStage } from "./stage";
import { transition } from "./transitions";

type Deps = RunnerDeps & Pick<SyncRunner, "cancel">;

/** Stage of a run that only holds its account for a purge; a purge that was killed is finished, not synced. */
export const PURGING = "purging";
const RETRY_MS = 200;

/**
 * Purges accounts of an integration, all or one: a sync under way is cancelled and waited for, the account is held
 * meanwhile so that none starts, and nothing reappears afterwards. Stored credentials stay.
 */
export async function purgeAccount(
  deps: Deps,
  integration: Integration,
  account: string | undefined,
  owner: string,
): Promise<void> {
  const name = integration.config.integration;
  const accounts = account === undefined ? await accountsOf(deps, name) : [account];
  for (const one of accounts) {
    const runId = await hold(deps, name, one, owner);
    const context = {
      ...deps.services.for(name, one),
      integration: name,
      account: one,
      credential: await credentialOf(deps, name, one),
      signal: new AbortController().signal,
    };
    await integration.deleteSync(deps.db, context);
    await purgeCore(deps.db, name, one);
    await transition(deps.db, runId, "succeeded");
    await forgetRuns(deps.db, name, one);
    await forgetFullPasses(deps.db, { integration: name, account: one });
  }
  if (account === undefined) await purgeCore(deps.db, name);
  deps.log.info("Purged everything that was synced.", { integration: name, accounts: accounts.length });
}

/** Takes the account's lease, cancelling whoever holds it. */
async function hold(deps: Deps, integration: string, account: string, owner: string): Promise<string> {
  for (;;) {
    const request = {
      integration,
      account,
      mode: "full",
      trigger: "manual",
      confirmDeletions: false,
    } as const;
    const claim = await claimRun(deps.db, request, owner);
    if (claim.ours) {
      await setStage(deps.db, claim.runId, PURGING);
      return claim.runId;
    }
    await deps.cancel(claim.runId);
    await sleep(RETRY_MS);
  }
}

/** The account's runs with their logs. */
async function forgetRuns(db: Db, integration: string, account: string): Promise<void> {
  await db.transaction(async (tx) => {
    const gone = await tx
      .delete(syncRun)
      .where(and(eq(syncRun.integration, integration), eq(syncRun.account, account)))
      .returning({ id: syncRun.id });
    for (const ids of batches(gone, 500))
      await removeRunLogs(
        tx,
        ids.map(({ id }) => id),
      );
  });
}

async function accountsOf(deps: Deps, integration: string): Promise<string[]> {
  const stored = await deps.credentials.list(integration);
  const synced = await deps.db
    .selectDistinct({ account: syncRun.account })
    .from(syncRun)
    .where(eq(syncRun.integration, integration));
  return [...new Set([...stored, ...synced].map((row) => row.account))];
}

/** Secrets that no longer open must not keep anybody from deleting what they brought in. */
async function credentialOf(deps: Deps, integration: string, account: string): Promise<Credential> {
  const empty = { id: "", integration, account, options: {} };
  try {
    return (await deps.credentials.read(integration, account)) ?? empty;
  } catch (error) {
    deps.log.warn("Purging an account whose credential does not open.", { integration, error });
    return empty;
  }
}
