/** Rows of an integration's own tables: written idempotently, removed with their items. */
import { and, eq, inArray } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import { excluded } from "./excluded";

/** A table of an integration's own: its rows are told apart by account and one more column. */
export type KeyedTable = PgTable & { account: PgColumn };

/** Writes rows; one with the same account and key takes the place of what was there. */
export async function saveOwnRows<Table extends KeyedTable>(
  tx: Db,
  table: Table,
  key: PgColumn,
  rows: readonly Table["$inferInsert"][],
): Promise<void> {
  for (const some of batches(rows, 50)) {
    await tx
      .insert(table)
      .values([...some])
      .onConflictDoUpdate({ target: [table.account, key], set: excluded(table) });
  }
}

/** Removes an account's rows with these keys. */
export async function removeOwnRows(
  tx: Db,
  table: KeyedTable,
  key: PgColumn,
  account: string,
  keys: readonly string[],
): Promise<void> {
  for (const some of batches(keys, 400))
    await tx.delete(table).where(and(eq(table.account, account), inArray(key, some)));
}
