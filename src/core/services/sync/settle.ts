/** Writes how a sync ended, unless it is somebody else's by now. */
import { and, eq } from "drizzle-orm";
import { upsertSyncTask } from "@/core/db/queries/tasks";
import { forgetSeen } from "@/core/db/queries/sync-state";
import { syncRun } from "@/core/db/schema";
import { storageErrorOf } from "@/core/db/storage-error";
import type { Db } from "@/core/models/database";
import {
  AuthError,
  CancelledError,
  HeldDeletionsError,
  LeaseLostError,
  messageOf,
  RateLimitedError,
  StoneturnerError,
  StorageError,
} from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { RunCause, RunState } from "@/core/models/sync";
import { setAccountStatus } from "@/core/services/credentials/account-status";
import { ForbiddenError } from "@/core/services/http/errors";
import type { Execution } from "./execute";
import { fullPassEnded } from "./full-pass";
import { heldReason, keepHeld } from "./held-removals";
import { assertRunning } from "./lease";
import { PAUSING, settlePaused } from "./pause";
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
    const held = await heldReason(tx, task);
    await setAccountStatus(tx, task, {
      status: held === undefined ? "connected" : "error",
      reason: held ?? null,
    });
    await end(tx, { runId, owner }, "succeeded", { error: null });
  });
}

type TaskRow = Parameters<typeof upsertSyncTask>[1];

/**
 * Turns what a sync threw into the run's state, its task row and the account's status, all or nothing: whoever cancels it
 * or connects the account anew meanwhile has done so before, and is heeded, or does so afterwards.
 */
export async function settle(
  execution: Execution,
  thrown: unknown,
  task: Omit<TaskRow, "status">,
  log: Logger,
): Promise<void> {
  const { db, controller } = execution;
  const error = controller.signal.aborted ? controller.signal.reason : (storageErrorOf(thrown) ?? thrown);
  const reason = messageOf(error);
  try {
    const written =
      !(error instanceof LeaseLostError) &&
      (await db.transaction((tx) => writeEnd(tx, execution, { error, task })));
    if (!written) {
      log.warn("Another process goes on with this sync; nothing is written of it here.", { reason });
      return;
    }
    log.warn("Sync stopped before its end.", { reason });
    if (!(error instanceof StoneturnerError) && !(error instanceof ShutdownSignal)) {
      log.error("Unexpected error in a sync.", { error: thrown });
    }
  } catch (writing) {
    // The rows themselves could not be written (a full disk, say). The lease expires and the run is picked up.
    log.error("The end of a sync could not be recorded.", { error: writing, reason });
  }
}

/** False, and nothing written, when the run is somebody else's. */
async function writeEnd(
  tx: Db,
  { claim: { runId }, owner }: Execution,
  { error, task }: { error: unknown; task: Omit<TaskRow, "status"> },
): Promise<boolean> {
  const ours = and(eq(syncRun.id, runId), eq(syncRun.leaseOwner, owner));
  const [run] = await tx.select().from(syncRun).where(ours);
  if (run === undefined) return false;
  const message = messageOf(error);
  // Whoever asked it to stop is obeyed, whatever else went wrong on the way.
  const isAsked = run.cancelRequestedAt !== null;
  if (isAsked && run.stage === PAUSING) {
    await settlePaused(tx, runId);
  } else if (isAsked || error instanceof CancelledError) {
    await upsertSyncTask(tx, { ...task, status: "FAILED", error: "Cancelled. Run it again to go on." });
    await end(tx, { runId, owner }, "cancelled", { error: null });
  } else if (error instanceof ShutdownSignal) {
    await transition(tx, runId, "interrupted", { leaseOwner: null }, owner);
  } else if (error instanceof RateLimitedError || error instanceof StorageError) {
    await park(tx, { runId, owner }, error, task);
  } else {
    await upsertSyncTask(tx, { ...task, status: "FAILED", error: message });
    await end(tx, { runId, owner }, "failed", { error: message, cause: causeOf(error) });
    if (error instanceof HeldDeletionsError)
      await keepHeld(tx, task, { stream: error.stream, runId, reason: message });
    const refused = error instanceof AuthError || error instanceof ForbiddenError;
    await setAccountStatus(tx, task, { status: refused ? "needs_reconnect" : "error", reason: message });
  }
  return true;
}

async function park(
  tx: Db,
  { runId, owner }: Pick<Execution, "owner"> & { runId: string },
  error: RateLimitedError | StorageError,
  task: Omit<TaskRow, "status">,
): Promise<void> {
  const retryAt = error instanceof RateLimitedError ? error.retryAt : new Date(Date.now() + STORAGE_PAUSE_MS);
  const message = messageOf(error);
  const parkedUntil = retryAt.toISOString();
  await transition(
    tx,
    runId,
    "parked",
    { parkedUntil, error: message, leaseOwner: null, stage: "parked" },
    owner,
  );
  await upsertSyncTask(tx, { ...task, status: "PENDING", error: message });
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
