import type { SqlNow, SqlRow, SqlValue } from "@/core/models/database";

/** Rows a statement takes: few enough that its forms with fewer rows do not crowd others out of the cache. */
const rowsAStatement = 8;

/** Inserts rows of one table, some at a time. Gives back what `returning` names, in no particular order. */
export type InsertRows = (sql: SqlNow, rows: readonly (readonly SqlValue[])[]) => SqlRow[];

/**
 * Statements that insert into `table`, made once: a text that is put together for each artifact is looked up far more
 * slowly than one that stays the same.
 */
export function insertInto(table: string, columns: readonly string[], returning?: string): InsertRows {
  const row = `(${columns.map(() => "?").join(", ")})`;
  const ending = returning === undefined ? "" : ` RETURNING ${returning}`;
  const statements = Array.from(
    { length: rowsAStatement },
    (_, last) =>
      `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${Array(last + 1)
        .fill(row)
        .join(", ")}${ending}`,
  );
  return (sql, rows) => {
    const returned: SqlRow[] = [];
    for (let from = 0; from < rows.length; from += rowsAStatement) {
      const some = rows.slice(from, from + rowsAStatement);
      const statement = statements[some.length - 1] ?? "";
      if (returning === undefined) sql.run(statement, some.flat());
      else returned.push(...sql.all(statement, some.flat()));
    }
    return returned;
  };
}
