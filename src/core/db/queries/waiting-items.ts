/** Items that are asked for by key: pending ones that are due, and failed ones. */
import { and, asc, eq, inArray, isNull, lte, or } from "drizzle-orm";
import { syncItem } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { StreamKey } from "./sync-state";

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
