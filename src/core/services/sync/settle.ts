/** Writes how a sync ended, unless it is somebody else's by now. */
import { upsertSyncTask } from "@/core/db/queries/tasks";
import { forgetSeen } from "@/core/db/queries/sync-state";
import { StorageError, storageErrorOf } from "@/core/db/storage-error";
import type { Db } from "@/core/models/database";
import {
  AuthError,
  CancelledError,
  HeldDeletionsError,
  LeaseLostError,
  messageOf,
  RateLimitedError,
  StoneturnerError,
} from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { RunCause, RunState } from "@/core/models/sync";
import { ForbiddenError } from "@/core/services/http/errors";
import type { Execution } from "./execute";
import { fullPassEnded } from "./full-pass";
import { assertRunning, isOurs } from "./lease";
import { settlePaused, wasToPause } from "./pause";
import { ShutdownSignal } from "./shutdown-signal";
import { type RunFields, transition } from "./transitions";

/** How long a sync that met a full or failing disk is parked, in milliseconds. */
const STORAGE_PAUSE_MS = 60_000;

/** The end, all or nothing: an account that was connected anew a moment ago has not been read as a whole by this run. */
export async function succeed({ db, claim, owner }: Execution, task: Omit<TaskRow, "status">): Promise<void> {
  const { runId, mode } = claim;
  await db.transaction(async (tx) => {
    await assertRunning(tx, { runId, owner });
    await upsertSyncTask(tx, { ...task, status: "SUCCESS" });
    if (mode === "full") await fullPassEnded(tx, task, runId);
    await end(tx, { runId, owner }, "succeeded", { error: null });
  });
}

type TaskRow = Parameters<typeof upsertSyncTask>[1];

/** Turns what a sync threw into the run's state, its task row and the account's status. */
export async function settle(
  execution: Execution,
  thrown: unknown,
  task: Omit<TaskRow, "status">,
  log: Logger,
): Promise<void> {
  const { db, claim, controller, credential, credentials, owner } = execution;
  const { runId } = claim;
  const error = controller.signal.aborted ? controller.signal.reason : (storageErrorOf(thrown) ?? thrown);
  const message = messageOf(error);
  try {
    if (error instanceof LeaseLostError || !(await isOurs(db, runId, owner))) {
      log.warn("Another process goes on with this sync; nothing is written of it here.", { reason: message });
      return;
    }
    if (error instanceof ShutdownSignal) {
      await transition(db, runId, "interrupted", { leaseOwner: null }, owner);
    } else if (error instanceof CancelledError && (await wasToPause(db, runId))) {
      await settlePaused(db, runId);
    } else if (error instanceof CancelledError) {
      await upsertSyncTask(db, { ...task, status: "FAILED", error: "Cancelled. Run it again to go on." });
      await end(db, { runId, owner }, "cancelled", { error: null });
    } else if (error instanceof RateLimitedError || error instanceof StorageError) {
      const retryAt =
        error instanceof RateLimitedError ? error.retryAt : new Date(Date.now() + STORAGE_PAUSE_MS);
      const parkedUntil = retryAt.toISOString();
      const parked = { parkedUntil, error: message, leaseOwner: null, stage: "parked" };
      await transition(db, runId, "parked", parked, owner);
      await upsertSyncTask(db, { ...task, status: "PENDING", error: message });
    } else {
      await upsertSyncTask(db, { ...task, status: "FAILED", error: message });
      await end(db, { runId, owner }, "failed", { error: message, cause: causeOf(error) });
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

async function end(
  db: Db,
  { runId, owner }: Pick<Execution, "owner"> & { runId: string },
  state: RunState,
  fields: RunFields,
): Promise<void> {
  const finishedAt = new Date().toISOString();
  const set = { ...fields, finishedAt, leaseOwner: null, stage: null };
  if (!(await transition(db, runId, state, set, owner))) return;
  await forgetSeen(db, runId);
}
