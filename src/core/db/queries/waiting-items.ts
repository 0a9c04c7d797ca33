/** Items that are asked for by key: pending ones that are due, and failed ones. */
import { and, asc, eq, gt, gte, inArray, isNull, lt, lte, min, notExists, or, sql } from "drizzle-orm";
import { syncItem, syncRun } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { sameStream, type StreamKey } from "./sync-state";

export interface DueItem {
  itemKey: string;
  state: "pending" | "failed";
  error: string | null;
  version: string;
}

/** Up to `limit` items whose time has come by `now` (ISO), in the order of their keys. */
export async function dueItems(
  db: Db,
  key: StreamKey,
  options: { states: readonly ("pending" | "failed")[]; now: string; limit: number },
): Promise<DueItem[]> {
  const rows = await db
    .select({
      itemKey: syncItem.itemKey,
      state: syncItem.state,
      error: syncItem.error,
      version: syncItem.version,
    })
    .from(syncItem)
    .where(
      and(
        eq(syncItem.integration, key.integration),
        eq(syncItem.account, key.account),
        eq(syncItem.stream, key.stream),
        inArray(syncItem.state, [...options.states]),
        or(isNull(syncItem.nextAttemptAt), lte(syncItem.nextAttemptAt, options.now)),
      ),
    )
    .orderBy(asc(syncItem.itemKey))
    .limit(options.limit);
  return rows.flatMap((row) =>
    row.state === "pending" || row.state === "failed" ? [{ ...row, state: row.state }] : [],
  );
}

/** Keys of failed items that begin with a text. */
export async function failedKeys(db: Db, key: StreamKey, begin: string): Promise<string[]> {
  const within = and(gte(syncItem.itemKey, begin), lt(syncItem.itemKey, `${begin}\u{ffff}`));
  const rows = await db
    .select({ itemKey: syncItem.itemKey })
    .from(syncItem)
    .where(and(sameStream(key), within, eq(syncItem.state, "failed")));
  return rows.map(({ itemKey }) => itemKey);
}

/**
 * Accounts with pending items that have come due by `now`, unless a sync of theirs began since, which asked for them,
 * or after `notSince`. A sync that is dated after `notAfter` was dated by a clock that was wrong, and tells nothing. An
 * account whose last sync is under way, waits for its source or for a person is left out: starting another one is not
 * this one's to decide.
 */
export async function accountsWithDueItems(
  db: Db,
  { now, notSince, notAfter }: { now: Date; notSince: Date; notAfter: Date },
): Promise<{ integration: string; account: string }[]> {
  const due = and(eq(syncItem.state, "pending"), lte(syncItem.nextAttemptAt, now.toISOString()));
  const first = db
    .select({
      integration: syncItem.integration,
      account: syncItem.account,
      at: min(syncItem.nextAttemptAt).as("at"),
    })
    .from(syncItem)
    .where(due)
    .groupBy(syncItem.integration, syncItem.account)
    .as("first");
  const keepsOff = or(
    inArray(syncRun.state, ["queued", "running", "interrupted", "parked"]),
    and(
      lte(syncRun.createdAt, notAfter.toISOString()),
      or(sql`${syncRun.createdAt} >= ${first.at}`, gt(syncRun.createdAt, notSince.toISOString())),
    ),
  );
  const runs = db
    .select({ one: sql`1` })
    .from(syncRun)
    .where(and(eq(syncRun.integration, first.integration), eq(syncRun.account, first.account), keepsOff));
  return db
    .select({ integration: first.integration, account: first.account })
    .from(first)
    .where(notExists(runs));
}
