/**
 * One sync of an account at a time, across processes: the run's row is the lease. Its owner beats on it; when the
 * owner is dead (its process is gone, or it has not beaten for a while) another process may take the run over.
 */
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { and, asc, eq, inArray } from "drizzle-orm";
import { syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { CancelledError, LeaseLostError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { activeStates } from "@/core/models/sync";
import { isAlive } from "@/lib/is-alive";

/** How often an owner beats, and how long its silence is believed to be an accident, in milliseconds. */
export const HEARTBEAT_MS = 2_000;
export const LEASE_EXPIRES_MS = 30_000;
/** Clocks of two hosts differ by less; a heartbeat further ahead was written before the clock was set back. */
export const CLOCK_SLACK_MS = 5 * 60_000;

/** `host:pid:nonce`, unique to this start of this process. */
export function leaseOwner(): string {
  return `${hostname()}:${process.pid}:${randomBytes(6).toString("hex")}`;
}

export interface Lease {
  leaseOwner: string | null;
  heartbeatAt: string | null;
}

/** Whether a lease's owner is certainly or very probably gone. */
export function isAbandoned(lease: Lease, self: string, now: Date = new Date()): boolean {
  if (lease.leaseOwner === null) return true;
  if (lease.leaseOwner === self) return false;
  const [host, pid] = lease.leaseOwner.split(":");
  const [ownHost, ownPid] = self.split(":");
  if (host === ownHost && (pid === ownPid || !isAlive(Number(pid)))) return true;
  const silence = now.getTime() - Date.parse(lease.heartbeatAt ?? "");
  if (silence < -CLOCK_SLACK_MS) return host !== ownHost;
  return Number.isNaN(silence) || silence > LEASE_EXPIRES_MS;
}

/** The run that holds an account now, if any: the oldest of the queued and running ones. */
export async function holderOf(
  db: Db,
  integration: string,
  account: string,
): Promise<typeof syncRun.$inferSelect | undefined> {
  const [row] = await db
    .select()
    .from(syncRun)
    .where(
      and(
        eq(syncRun.integration, integration),
        eq(syncRun.account, account),
        inArray(syncRun.state, [...activeStates]),
      ),
    )
    .orderBy(asc(syncRun.createdAt))
    .limit(1);
  return row;
}

/**
 * Says that the owner lives. Returns what the run's row asks of it.
 *
 * @returns "cancel" when somebody asked the run to stop, "lost" when it is no longer ours, "ours" otherwise.
 */
export async function beat(db: Db, runId: string, owner: string): Promise<"ours" | "cancel" | "lost"> {
  const [row] = await db
    .update(syncRun)
    .set({ heartbeatAt: new Date().toISOString() })
    .where(and(eq(syncRun.id, runId), eq(syncRun.leaseOwner, owner), eq(syncRun.state, "running")))
    .returning({ cancelRequestedAt: syncRun.cancelRequestedAt });
  if (row === undefined) return "lost";
  return row.cancelRequestedAt === null ? "ours" : "cancel";
}

/**
 * Inside a transaction that writes: stops a run that was cancelled, purged or taken over from writing anything more.
 * A process that slept while its lease ran out learns it here, before it writes, and not from a clock.
 *
 * @throws LeaseLostError when the row is somebody else's by now, CancelledError when the run was asked to stop.
 */
export async function assertRunning(
  tx: Db,
  { runId, owner }: Pick<SyncContext, "runId" | "owner">,
): Promise<void> {
  const [row] = await tx
    .select({
      state: syncRun.state,
      cancelRequestedAt: syncRun.cancelRequestedAt,
      leaseOwner: syncRun.leaseOwner,
    })
    .from(syncRun)
    .where(eq(syncRun.id, runId));
  if (row !== undefined && owner !== undefined && row.leaseOwner !== owner) throw new LeaseLostError();
  if (row === undefined || row.state !== "running" || row.cancelRequestedAt !== null) {
    throw new CancelledError("The sync was cancelled.");
  }
}

/** Whether the run's row still names this owner. */
export async function isOurs(db: Db, runId: string, owner: string): Promise<boolean> {
  const ours = and(eq(syncRun.id, runId), eq(syncRun.leaseOwner, owner));
  return (await db.$count(syncRun, ours)) > 0;
}
