/**
 * One table declaration for both dialects. The types are PostgreSQL's (asynchronous only, the stricter set), so
 * code that type-checks runs on both. Declare tables with these builders, never with a dialect's own.
 *
 * Times are ISO-8601 UTC text, ids are text, structured values are JSON columns.
 */
import * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";
import { dialectOf } from "./dialect";

const bytea = pg.customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
const sqliteBlob = sqlite.customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => "blob",
});

const postgresBuilders = {
  table: pg.pgTable,
  text: () => pg.text(),
  /** Text whose column has another name than its field. */
  textCalled: (column: string) => pg.text(column),
  integer: () => pg.integer(),
  /** A number that the database counts up by itself. */
  serial: () => pg.serial(),
  /** The same as a primary key, and never given twice, not even after its row was deleted. */
  lastingId: () => pg.serial().primaryKey(),
  real: () => pg.doublePrecision(),
  boolean: () => pg.boolean(),
  json: () => pg.jsonb(),
  blob: () => bytea(),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  /** What a table was declared with: its keys and columns. */
  tableConfig: pg.getTableConfig,
};

type Builders = typeof postgresBuilders;

const sqliteBuilders = {
  table: sqlite.sqliteTable,
  text: () => sqlite.text(),
  textCalled: (column: string) => sqlite.text(column),
  integer: () => sqlite.integer(),
  serial: () => sqlite.integer(),
  lastingId: () => sqlite.integer().primaryKey({ autoIncrement: true }),
  real: () => sqlite.real(),
  boolean: () => sqlite.integer({ mode: "boolean" }),
  json: () => sqlite.text({ mode: "json" }),
  blob: () => sqliteBlob(),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
  tableConfig: sqlite.getTableConfig,
};

/** The builders of one dialect, typed alike. The cast is the seam: SQLite's builders behind PostgreSQL's types. */
export function buildersFor(dialect: "sqlite" | "postgres"): Builders {
  return dialect === "postgres" ? postgresBuilders : (sqliteBuilders as unknown as Builders);
}

const builders = buildersFor(dialectOf(process.env["DATABASE_URL"]));

export const { table, text, textCalled, integer, serial, lastingId, real, boolean, json, blob } = builders;
export const { index, uniqueIndex, primaryKey, tableConfig } = builders;
