/** Runs one claimed sync from start to its final row. Never throws: whatever happens ends in rows. */
import { findRun } from "@/core/db/queries/runs";
import { upsertSyncTask } from "@/core/db/queries/tasks";
import type { Db } from "@/core/models/database";
import { AuthError, CancelledError, LeaseLostError, messageOf, TransientError } from "@/core/models/errors";
import type { Integration, SyncContext } from "@/core/models/integration";
import type { Credential } from "@/core/models/credential";
import type { Logger } from "@/core/models/logger";
import type { CredentialStore } from "@/core/services/app";
import type { ServicesFactory } from "@/core/services/integration-services";
import type { OAuthConnections } from "@/core/services/oauth/types";
import { readSourceContext, refreshSourceContext } from "@/core/services/insights/source-context";
import { stableId } from "@/lib/hash";
import { sleep } from "@/lib/retry";
import type { Claim } from "./claim";
import { at, type Failpoint } from "./failpoint";
import { startBeating } from "./heartbeat";
import type { beat } from "./lease";
import { settle, succeed } from "./settle";

export interface Execution {
  db: Db;
  log: Logger;
  credentials: CredentialStore;
  services: ServicesFactory;
  oauth?: Pick<OAuthConnections, "authOf"> | undefined;
  integration: Integration;
  claim: Claim;
  credential: Credential;
  owner: string;
  /** Aborted with `CancelledError` on cancel, with `ShutdownSignal` when the program stops. */
  controller: AbortController;
  failpoint?: Failpoint | undefined;
}

/** Waits between attempts of a run that meets passing trouble, in milliseconds; doubles, with jitter. Three in a row without progress end it. */
const RETRY_BASE_MS = 1_000;
const RUN_ATTEMPTS = 3;

export async function execute(execution: Execution): Promise<void> {
  const { db, claim, integration, credential } = execution;
  const name = integration.config.integration;
  const log = execution.log.child({ runId: claim.runId, integration: name });
  const task = {
    id: stableId("run", claim.runId),
    runId: claim.runId,
    integration: name,
    account: credential.account,
    step: "sync",
    inputs: { mode: claim.mode },
  };
  const stopBeating = startBeating({
    ...{ db, log, runId: claim.runId, owner: execution.owner },
    onAnswer: (answer) => obey(execution.controller, answer),
  });
  try {
    await upsertSyncTask(db, { ...task, status: "PENDING" });
    log.info("Sync started.", { mode: claim.mode });
    await runPipeline(execution, await credentialNow(execution), log);
    await describeSource(execution);
    await at(execution, "run about to end");
    await succeed(execution, task);
    log.info("Sync succeeded.");
  } catch (error) {
    await settle(execution, error, task, log);
  } finally {
    stopBeating();
  }
}

/**
 * The account's credential as it is stored by now. One that was read before the run was claimed may have been replaced
 * since, and nothing would stop the run; whoever replaces or removes it from now on stops the run through its row.
 */
async function credentialNow({ credentials, credential, integration }: Execution): Promise<Credential> {
  // A source that needs none has no account that is stored.
  if (credential.id === "") return credential;
  const stored = await credentials.read(integration.config.integration, credential.account);
  if (stored === undefined) throw new CancelledError("The account was disconnected.");
  return stored;
}

async function runPipeline(execution: Execution, credential: Credential, log: Logger): Promise<void> {
  const { db, claim, integration, controller, owner } = execution;
  const name = integration.config.integration;
  const context: SyncContext = {
    ...execution.services.for(name, credential.account, log),
    integration: name,
    account: credential.account,
    credential,
    auth: execution.oauth?.authOf(integration, credential),
    signal: controller.signal,
    mode: claim.mode,
    runId: claim.runId,
    owner,
    confirmDeletions: claim.confirmDeletions,
    failpoint: execution.failpoint,
  };
  const pipeline = claim.mode === "full" ? integration.sync : integration.syncUpdates;
  await whileItMovesOn(db, context, () => withRefresh(integration, db, context, () => pipeline(db, context)));
  controller.signal.throwIfAborted();
}

/** Lets an integration that keeps its tokens itself renew them, once, when they are refused; then it goes on. */
async function withRefresh(
  { refreshAccessTokens }: Integration,
  db: Db,
  context: SyncContext,
  run: () => Promise<void>,
): Promise<void> {
  if (refreshAccessTokens === undefined) return run();
  try {
    await run();
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    await refreshAccessTokens(db, context);
    await run();
  }
}

/**
 * Runs a pipeline again after passing trouble, from where it stands. Attempts in which more was read than ever before
 * do not count: a long sync may meet trouble often, as long as it gets on.
 */
async function whileItMovesOn(db: Db, context: SyncContext, run: () => Promise<void>): Promise<void> {
  let failures = 0;
  for (let furthest = 0; ;) {
    context.signal.throwIfAborted();
    try {
      return await run();
    } catch (error) {
      const seen = (await findRun(db, context.runId))?.seen ?? 0;
      failures = seen > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, seen);
      if (!(error instanceof TransientError) || context.signal.aborted || failures >= RUN_ATTEMPTS)
        throw error;
      context.log.info("A sync met passing trouble and is tried again.", {
        failures,
        reason: messageOf(error),
      });
    }
    await sleep(Math.random() * RETRY_BASE_MS * 2 ** (failures - 1), context.signal);
  }
}

/** Refreshes the lay of the land, unless the engine counted and nothing changed: reading it all costs more than a sync. */
async function describeSource({ db, claim, integration, credential }: Execution): Promise<void> {
  const { integration: name } = integration.config;
  const run = await findRun(db, claim.runId);
  const changed = run === undefined || run.inserted + run.updated + run.deleted > 0 || run.seen === 0;
  const described = (await readSourceContext(db, name)).some((row) => row.account === credential.account);
  if (!changed && described) return;
  await refreshSourceContext(db, {
    integration: name,
    account: credential.account,
    tables: integration.tableNames ?? [],
  });
}

/** Stops the run when its row says so, whoever wrote that. */
function obey(controller: AbortController, answer: Awaited<ReturnType<typeof beat>>): void {
  if (answer === "lost") controller.abort(new LeaseLostError());
  if (answer === "cancel") controller.abort(new CancelledError("The sync was cancelled."));
}
