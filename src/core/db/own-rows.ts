/** Rows of an integration's own tables: written idempotently, removed with their items. */
import { and, eq, getTableColumns, getTableName, inArray, type SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import { excluded } from "./excluded";
import { tableConfig } from "./table";

/** Values that one statement binds at most. */
const MOST_VALUES = 10_000;

/** A table of an integration's own: its rows are told apart by account and one more column. */
export type KeyedTable = PgTable & { account: PgColumn };

/**
 * Writes rows; one with the same primary key takes the place of what was there. Works for keys of any columns.
 *
 * @param columns of a row that is there already, only these change. All do when they are left out.
 */
export async function upsertRows<Table extends PgTable>(
  tx: Db,
  table: Table,
  rows: readonly Table["$inferInsert"][],
  columns?: readonly (keyof Table["_"]["columns"] & string)[],
): Promise<void> {
  const target = keyOf(table);
  const size = Math.floor(MOST_VALUES / Object.keys(getTableColumns(table)).length);
  for (const some of batches(rows, size)) {
    await tx
      .insert(table)
      .values([...some])
      .onConflictDoUpdate({ target, set: excluded(table, columns) });
  }
}

function keyOf(table: PgTable): PgColumn[] {
  const [key] = tableConfig(table).primaryKeys;
  if (key === undefined)
    throw new Error(`The table ${getTableName(table)} declares no primaryKey({ columns }).`);
  return key.columns;
}

/**
 * The rows of an account, in the order of the primary key.
 *
 * @param some narrows them by a condition, to so many; for pages, by a condition on what the last page ended with.
 */
export async function rowsOfAccount<Table extends KeyedTable>(
  db: Db,
  table: Table,
  account: string,
  { where, limit }: { where?: SQL | undefined; limit?: number } = {},
): Promise<Table["$inferSelect"][]> {
  const declared: KeyedTable = table;
  const query = db
    .select()
    .from(declared)
    .where(and(eq(table.account, account), where))
    .orderBy(...keyOf(table));
  const rows: unknown[] = await (limit === undefined ? query : query.limit(limit));
  // Drizzle cannot infer the rows of a table that is a type parameter; they are those of this one.
  return rows as Table["$inferSelect"][];
}

/** Changes some columns of an account's rows with these keys; the others stay as they are. */
export async function changeOwnRows<Table extends KeyedTable>(
  tx: Db,
  table: Table,
  key: PgColumn,
  account: string,
  keys: readonly string[],
  fields: { [Column in keyof Table["$inferInsert"]]?: Table["$inferInsert"][Column] },
): Promise<void> {
  if (Object.keys(fields).length === 0) return;
  const declared: KeyedTable = table;
  for (const some of batches(keys, 400))
    await tx
      .update(declared)
      .set(fields)
      .where(and(eq(table.account, account), inArray(key, some)));
}

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
