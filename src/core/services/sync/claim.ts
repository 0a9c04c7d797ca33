import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray } from "drizzle-orm";
import { forgetSeen } from "@/core/db/queries/sync-state";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { noCounts, type SyncMode, type SyncTrigger } from "@/core/models/sync";
import { holderOf, isAbandoned } from "./lease";
import { PAUSING, settlePaused, staysPaused } from "./pause";
import { resumableStates, transition } from "./transitions";

export interface Claim {
  runId: string;
  mode: SyncMode;
  confirmDeletions: boolean;
  /** False when somebody else's sync of this account is under way, or it is paused: `runId` is that one. */
  ours: boolean;
  /** True when that sync was told to stop, and is about to. */
  leaving: boolean;
}

export interface ClaimRequest {
  integration: string;
  account: string;
  mode: SyncMode;
  trigger: SyncTrigger;
  confirmDeletions: boolean;
}

/**
 * Takes the account for a sync, atomically: a sync under way is answered with its id; one that was interrupted in the
 * same mode is taken up again where it stands, unless it is paused and nobody asked in person; otherwise a new run is made.
 */
export function claimRun(db: Db, request: ClaimRequest, owner: string): Promise<Claim> {
  return db.transaction(async (tx) => {
    const holder = await holderOf(tx, request.integration, request.account);
    if (holder !== undefined && !isAbandoned(holder, owner)) {
      const { id: runId, mode, confirmDeletions, cancelRequestedAt, stage } = holder;
      return {
        runId,
        mode,
        confirmDeletions,
        ours: false,
        leaving: cancelRequestedAt !== null && stage !== PAUSING,
      };
    }
    if (holder !== undefined) await leaveBehind(tx, holder);
    const left = await newestResumable(tx, request);
    if (left !== undefined && staysPaused(left, request.trigger)) {
      const { id: runId, mode, confirmDeletions } = left;
      return { runId, mode, confirmDeletions, ours: false, leaving: false };
    }
    if (left !== undefined && left.mode === request.mode) return resume(tx, left, request, owner);
    if (left !== undefined) {
      await transition(tx, left.id, "cancelled", { finishedAt: new Date().toISOString() });
      await forgetSeen(tx, left.id);
    }
    return create(tx, request, owner);
  });
}

type Row = typeof syncRun.$inferSelect;

/** A run whose owner died is interrupted, or paused if that is what it was asked for. */
export async function leaveBehind(tx: Db, run: Pick<Row, "id" | "stage">): Promise<void> {
  if (run.stage === PAUSING) await settlePaused(tx, run.id);
  else await transition(tx, run.id, "interrupted", { leaseOwner: null });
}

async function newestResumable(tx: Db, request: ClaimRequest): Promise<Row | undefined> {
  const [row] = await tx
    .select()
    .from(syncRun)
    .where(
      and(
        eq(syncRun.integration, request.integration),
        eq(syncRun.account, request.account),
        inArray(syncRun.state, [...resumableStates]),
      ),
    )
    .orderBy(desc(syncRun.createdAt))
    .limit(1);
  return row;
}

async function resume(tx: Db, row: Row, request: ClaimRequest, owner: string): Promise<Claim> {
  const now = new Date().toISOString();
  const confirmDeletions = row.confirmDeletions || request.confirmDeletions;
  await transition(tx, row.id, "running", {
    leaseOwner: owner,
    heartbeatAt: now,
    parkedUntil: null,
    stage: "starting",
    cancelRequestedAt: null,
    error: null,
    resumes: row.resumes + 1,
  });
  if (confirmDeletions) await tx.update(syncRun).set({ confirmDeletions }).where(eq(syncRun.id, row.id));
  return { runId: row.id, mode: row.mode, confirmDeletions, ours: true, leaving: false };
}

async function create(tx: Db, request: ClaimRequest, owner: string): Promise<Claim> {
  const now = new Date().toISOString();
  const runId = randomUUID();
  await tx.insert(syncRun).values({
    id: runId,
    ...request,
    state: "running",
    stage: "starting",
    ...noCounts,
    resumes: 0,
    leaseOwner: owner,
    heartbeatAt: now,
    createdAt: now,
    startedAt: now,
  });
  return {
    runId,
    mode: request.mode,
    confirmDeletions: request.confirmDeletions,
    ours: true,
    leaving: false,
  };
}
