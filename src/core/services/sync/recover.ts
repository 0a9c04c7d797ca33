import { and, eq, gt, inArray, isNotNull, isNull, lte, or } from "drizzle-orm";
import { mdArtifacts, syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { activeStates } from "@/core/models/sync";
import { leaveBehind } from "./claim";
import { CLOCK_SLACK_MS, isAbandoned } from "./lease";
import { PAUSING } from "./pause";

export type LeftRun = Pick<typeof syncRun.$inferSelect, "id" | "integration" | "account" | "mode" | "stage">;

/**
 * Runs that dead processes left, marked interrupted, with those interrupted in good order, and those of this process
 * whose end could not be written (a full disk, say).
 */
export async function abandonedRuns(
  db: Db,
  owner: string,
  isActiveHere: (runId: string) => boolean,
): Promise<LeftRun[]> {
  const look = async (from: Db) => {
    const rows = await from
      .select()
      .from(syncRun)
      .where(inArray(syncRun.state, [...activeStates, "interrupted"]));
    return rows.filter((row) => {
      if (row.leaseOwner === owner) return !isActiveHere(row.id);
      return row.state === "interrupted" || isAbandoned(row, owner);
    });
  };
  if ((await look(db)).length === 0) return [];
  return db.transaction(async (tx) => {
    // Another process, or somebody who started a sync here, may have taken one over since.
    const left = await look(tx);
    for (const row of left) {
      if (row.state !== "interrupted") await leaveBehind(tx, row);
    }
    return left.filter((row) => row.stage !== PAUSING);
  });
}

/**
 * Parked runs whose time has come, and those that were parked by a clock that was ahead: their time is wrong by as much.
 * A source that still wants them to wait says so.
 */
export function dueRuns(db: Db, now: Date = new Date()): Promise<LeftRun[]> {
  return db
    .select({
      id: syncRun.id,
      integration: syncRun.integration,
      account: syncRun.account,
      mode: syncRun.mode,
      stage: syncRun.stage,
    })
    .from(syncRun)
    .where(
      and(
        eq(syncRun.state, "parked"),
        isNotNull(syncRun.parkedUntil),
        or(
          lte(syncRun.parkedUntil, now.toISOString()),
          gt(syncRun.heartbeatAt, new Date(now.getTime() + CLOCK_SLACK_MS).toISOString()),
        ),
      ),
    );
}

/**
 * Integrations that have artifacts waiting for insights or for the index. Two questions, each answered by an index of
 * what waits: one with OR would look at every artifact, at each start.
 */
export async function waitingIntegrations(db: Db): Promise<string[]> {
  const { integration, deletedAt, indexedHash, insightHash } = mdArtifacts;
  const lacking = (hash: typeof indexedHash | typeof insightHash) =>
    db
      .selectDistinct({ integration })
      .from(mdArtifacts)
      .where(and(isNull(deletedAt), isNull(hash)));
  const rows = await lacking(indexedHash).union(lacking(insightHash));
  return rows.map((row) => row.integration);
}
