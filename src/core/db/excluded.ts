import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/**
 * The `set` of an upsert of many rows at once: each named column takes the value of the row that met the conflict.
 * Without names, all columns do. Works on both dialects.
 */
export function excluded<Table extends PgTable>(
  table: Table,
  names?: readonly (keyof Table["_"]["columns"] & string)[],
): Record<string, SQL> {
  const columns = getTableColumns(table);
  const wanted = names ?? Object.keys(columns);
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const column = columns[name];
      return column === undefined ? [] : [[name, sql.raw(`excluded."${column.name}"`)]];
    }),
  );
}
