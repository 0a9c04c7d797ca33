/** Runs one claimed sync from start to its final row. Never throws: whatever happens ends in rows. */
import { findRun } from "@/core/db/queries/runs";
import { forgetSeen } from "@/core/db/queries/sync-state";
import { upsertSyncTask } from "@/core/db/queries/tasks";
import { StorageError, storageErrorOf } from "@/core/db/storage-error";
import type { Db } from "@/core/models/database";
import {
  AuthError,
  CancelledError,
  HeldDeletionsError,
  messageOf,
  RateLimitedError,
  StoneturnerError,
  TransientError,
} from "@/core/models/errors";
import type { Integration, SyncContext } from "@/core/models/integration";
import type { Credential } from "@/core/models/credential";
import type { Logger } from "@/core/models/logger";
import type { CredentialStore } from "@/core/services/app";
import type { ServicesFactory } from "@/core/services/integration-services";
import type { OAuthConnections } from "@/core/services/oauth/types";
import { ForbiddenError } from "@/core/services/http/errors";
import { readSourceContext, refreshSourceContext } from "@/core/services/insights/source-context";
import { stableId } from "@/lib/hash";
import { sleep } from "@/lib/retry";
import type { Claim } from "./claim";
import { at, type Failpoint } from "./failpoint";
import { fullPassEnded } from "./full-pass";
import { beat, HEARTBEAT_MS } from "./lease";
import { settlePaused, wasToPause } from "./pause";
import { type RunFields, transition } from "./transitions";
import type { RunCause, RunState } from "@/core/models/sync";

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

/** Why a run's signal is aborted when the program stops: the run is interrupted, not cancelled. */
export class ShutdownSignal extends Error {}

/** Waits between attempts of a run that meets passing trouble, in milliseconds; doubles, with jitter. Three in a row without progress end it. */
const RETRY_BASE_MS = 1_000;
const RUN_ATTEMPTS = 3;
/** How long a sync that met a full or failing disk is parked, in milliseconds. */
const STORAGE_PAUSE_MS = 60_000;

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
  const stopBeating = startBeating(execution, log);
  try {
    await upsertSyncTask(db, { ...task, status: "PENDING" });
    log.info("Sync started.", { mode: claim.mode });
    await runPipeline(execution, log);
    await describeSource(execution);
    await at(execution, "run about to end");
    await upsertSyncTask(db, { ...task, status: "SUCCESS" });
    if (claim.mode === "full") await fullPassEnded(db, { integration: name, account: credential.account });
    await end(db, claim.runId, "succeeded", { error: null });
    await execution.credentials.setStatus(name, credential.account, "connected", null);
    log.info("Sync succeeded.");
  } catch (error) {
    await settle(execution, error, task, log);
  } finally {
    stopBeating();
  }
}

async function runPipeline(execution: Execution, log: Logger): Promise<void> {
  const { db, claim, integration, credential, controller } = execution;
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

type TaskRow = Parameters<typeof upsertSyncTask>[1];

/** Turns what a sync threw into the run's state, its task row and the account's status. */
async function settle(
  execution: Execution,
  thrown: unknown,
  task: Omit<TaskRow, "status">,
  log: Logger,
): Promise<void> {
  const { db, claim, controller, credential, credentials } = execution;
  const error = controller.signal.aborted ? controller.signal.reason : (storageErrorOf(thrown) ?? thrown);
  const message = messageOf(error);
  try {
    if (error instanceof ShutdownSignal) {
      await transition(db, claim.runId, "interrupted", { leaseOwner: null });
    } else if (error instanceof CancelledError && (await wasToPause(db, claim.runId))) {
      await settlePaused(db, claim.runId);
    } else if (error instanceof CancelledError) {
      await upsertSyncTask(db, { ...task, status: "FAILED", error: "Cancelled. Run it again to go on." });
      await end(db, claim.runId, "cancelled", { error: null });
    } else if (error instanceof RateLimitedError || error instanceof StorageError) {
      const retryAt =
        error instanceof RateLimitedError ? error.retryAt : new Date(Date.now() + STORAGE_PAUSE_MS);
      const parkedUntil = retryAt.toISOString();
      await transition(db, claim.runId, "parked", {
        parkedUntil,
        error: message,
        leaseOwner: null,
        stage: "parked",
      });
      await upsertSyncTask(db, { ...task, status: "PENDING", error: message });
    } else {
      await upsertSyncTask(db, { ...task, status: "FAILED", error: message });
      await end(db, claim.runId, "failed", { error: message, cause: causeOf(error) });
      const refused = error instanceof AuthError || error instanceof ForbiddenError;
      const status = refused ? "needs_reconnect" : "error";
      await credentials.setStatus(task.integration, credential.account, status, message);
    }
    log.warn("Sync stopped before its end.", { reason: message });
    if (!(error instanceof StoneturnerError) && !(error instanceof ShutdownSignal)) {
      log.error("Unexpected error in a sync.", { error: thrown });
    }
  } catch (writing) {
    // The rows themselves could not be written (a full disk, say). The lease expires and the run is picked up.
    log.error("The end of a sync could not be recorded.", { error: writing, reason: message });
  }
}

function causeOf(error: unknown): RunCause | null {
  return error instanceof HeldDeletionsError ? { kind: "mass-deletion", ...error.held } : null;
}

async function end(db: Db, runId: string, state: RunState, fields: RunFields): Promise<void> {
  const finishedAt = new Date().toISOString();
  await transition(db, runId, state, { ...fields, finishedAt, leaseOwner: null, stage: null });
  await forgetSeen(db, runId);
}

function startBeating(execution: Execution, log: Logger): () => void {
  const { db, claim, owner, controller } = execution;
  const beatOnce = async () => {
    const answer = await beat(db, claim.runId, owner);
    if (answer !== "ours") controller.abort(new CancelledError("The sync was cancelled."));
  };
  const timer = setInterval(() => {
    beatOnce().catch((error: unknown) => log.warn("A heartbeat could not be written.", { error }));
  }, HEARTBEAT_MS / 4);
  return () => clearInterval(timer);
}
