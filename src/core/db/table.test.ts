import { describe, expect, test } from "bun:test";
import { getTableConfig as postgresConfig, type PgTable } from "drizzle-orm/pg-core";
import { getTableConfig as sqliteConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { dialectOf } from "@/core/db/dialect";
import { buildersFor } from "@/core/db/table";

/** One declaration with every builder, made by one dialect's builders. */
function declare(dialect: "sqlite" | "postgres") {
  const b = buildersFor(dialect);
  const parent = b.table("parent", { id: b.text().primaryKey() });
  const child = b.table(
    "child",
    {
      rowId: b.serial().primaryKey(),
      parentId: b
        .text()
        .notNull()
        .references(() => parent.id, { onDelete: "cascade" }),
      count: b.integer().notNull(),
      score: b.real(),
      live: b.boolean().notNull(),
      options: b.json().$type<Record<string, string>>().notNull(),
      vector: b.blob(),
    },
    (t) => [b.index("child_count").on(t.count), b.uniqueIndex("child_parent").on(t.parentId, t.count)],
  );
  const pair = b.table("pair", { a: b.text().notNull(), b: b.text().notNull() }, (t) => [
    b.primaryKey({ columns: [t.a, t.b] }),
  ]);
  const growing = b.table("growing", { rowId: b.lastingId(), name: b.text() });
  return { child, pair, growing };
}

const onPostgres = declare("postgres");
const onSqlite = declare("sqlite");
// The seam's types are PostgreSQL's; here the other dialect's own reader needs the true one.
const asSqlite = (table: PgTable) => table as unknown as SQLiteTable;

const shape = (
  columns: readonly { name: string; notNull: boolean; primary: boolean; getSQLType(): string }[],
) => columns.map((column) => [column.name, column.notNull, column.primary]);

const typesOf = (columns: readonly { name: string; getSQLType(): string }[]) =>
  Object.fromEntries(columns.map((column) => [column.name, column.getSQLType()]));

const names = (indexes: readonly { config: { name?: string | undefined; unique: boolean } }[]) =>
  indexes.map(({ config }) => [config.name, config.unique]);

const columns = (keys: readonly { columns: readonly { name: string }[] }[]) =>
  keys.map((key) => key.columns.map((column) => column.name));

describe("one declaration, both dialects", () => {
  test("has the same columns, in the same order, with the same constraints", () => {
    const postgres = postgresConfig(onPostgres.child);
    const sqlite = sqliteConfig(asSqlite(onSqlite.child));
    expect(sqlite.name).toBe(postgres.name);
    expect(shape(sqlite.columns)).toEqual(shape(postgres.columns));
  });

  test("takes each dialect's own type for the same meaning", () => {
    expect(typesOf(postgresConfig(onPostgres.child).columns)).toEqual({
      rowId: "serial",
      parentId: "text",
      count: "integer",
      score: "double precision",
      live: "boolean",
      options: "jsonb",
      vector: "bytea",
    });
    expect(typesOf(sqliteConfig(asSqlite(onSqlite.child)).columns)).toEqual({
      rowId: "integer",
      parentId: "text",
      count: "integer",
      score: "real",
      live: "integer",
      options: "text",
      vector: "blob",
    });
  });

  test("has the same indexes, foreign keys and composite primary key", () => {
    const postgres = postgresConfig(onPostgres.child);
    const sqlite = sqliteConfig(asSqlite(onSqlite.child));
    expect(names(sqlite.indexes)).toEqual(names(postgres.indexes));
    expect(sqlite.foreignKeys.map((key) => key.onDelete)).toEqual(["cascade"]);
    expect(postgres.foreignKeys.map((key) => key.onDelete)).toEqual(["cascade"]);
    expect(columns(sqliteConfig(asSqlite(onSqlite.pair)).primaryKeys)).toEqual([["a", "b"]]);
    expect(shape(sqliteConfig(asSqlite(onSqlite.growing)).columns)).toEqual(
      shape(postgresConfig(onPostgres.growing).columns),
    );
    expect(columns(postgresConfig(onPostgres.pair).primaryKeys)).toEqual([["a", "b"]]);
  });
});

test("the dialect follows the database URL, and is SQLite when there is none", () => {
  expect(dialectOf("postgres://db.example/stone")).toBe("postgres");
  expect(dialectOf("postgresql://db.example/stone")).toBe("postgres");
  expect(dialectOf("file:/data/stoneturner.db")).toBe("sqlite");
  expect(dialectOf(undefined)).toBe("sqlite");
});
