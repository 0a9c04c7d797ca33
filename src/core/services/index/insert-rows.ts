import type { SqlNow, SqlValue } from "@/core/models/database";

/** Rows a statement takes: few enough that its forms with fewer rows do not crowd others out of the cache. */
const rowsAStatement = 8;

/** Inserts rows, some at a time. `insert` is the statement up to its values. */
export function insertRows(sql: SqlNow, insert: string, rows: readonly (readonly SqlValue[])[]): void {
  for (let from = 0; from < rows.length; from += rowsAStatement) {
    const some = rows.slice(from, from + rowsAStatement);
    const values = some.map((row) => `(${row.map(() => "?").join(", ")})`);
    sql.run(`${insert} VALUES ${values.join(", ")}`, some.flat());
  }
}
