/**
 * Puts a temporary view of the same name before every readable table, so that agents never read rows that the source
 * has removed or hidden: rows with `deletedAt` set, and rows that refer to such a row.
 *
 * Two views each: the outer has the table's name, the inner (`stguard_…`) reads the table. A common table expression
 * may be called like the outer view and would then pass for it; nothing in a statement can be called like the inner.
 */
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { Readable } from "./authorizer";
import { GUARD_PREFIX } from "./statement";

export interface TableColumns {
  table: string;
  columns: { name: string; type: string }[];
}

const objectSchema = z.object({ name: z.string(), type: z.string(), sql: z.string().nullable() });
const columnSchema = z.object({ name: z.string(), type: z.string() });
const foreignKeySchema = z.object({ table: z.string(), from: z.string(), to: z.string().nullable() });

/** Creates the views on a connection that has no authorizer yet. Tables that do not exist are left out. */
export function createGuardViews(
  database: DatabaseSync,
  tables: readonly string[],
): { readable: Readable; schema: TableColumns[] } {
  const objects = z
    .array(objectSchema)
    .parse(database.prepare("SELECT name, type, sql FROM sqlite_schema").all());
  const wanted = new Set(tables.map((name) => name.toLowerCase()));
  const found = objects.filter(({ name, type }) => wanted.has(name.toLowerCase()) && type !== "index");
  const fullText = found.filter(({ sql }) => /^create\s+virtual\s+table/i.test(sql ?? ""));
  const plain = found.filter((object) => !fullText.includes(object));
  const schema = found.map(({ name }) => ({ table: name, columns: columnsOf(database, name) }));
  const filtered = new Set<string>();
  for (const { name } of plain) {
    const condition = conditionOf(database, name, schema);
    if (condition !== undefined) filtered.add(name.toLowerCase());
    const inner = quote(GUARD_PREFIX + name);
    database.exec(
      `CREATE TEMP VIEW ${inner} AS SELECT * FROM main.${quote(name)}${condition === undefined ? "" : ` WHERE ${condition}`};
       CREATE TEMP VIEW ${quote(name)} AS SELECT * FROM temp.${inner}`,
    );
  }
  const readable = {
    tables: new Set(plain.map(({ name }) => name.toLowerCase())),
    filtered,
    fullText: new Set(fullText.flatMap(({ name }) => withShadows(name.toLowerCase()))),
    existing: new Set(objects.map(({ name }) => name.toLowerCase())),
  };
  return { readable, schema };
}

/** The condition under which a row may be seen, or undefined when every row may. */
function conditionOf(
  database: DatabaseSync,
  name: string,
  schema: readonly TableColumns[],
): string | undefined {
  const conditions = hasDeletedAt(schema, name) ? [`${quote("deletedAt")} IS NULL`] : [];
  const keys = z
    .array(foreignKeySchema)
    .parse(database.prepare(`PRAGMA foreign_key_list(${quote(name)})`).all());
  for (const { table, from, to } of keys) {
    if (!hasDeletedAt(schema, table)) continue;
    const live = `SELECT ${quote(to ?? "id")} FROM main.${quote(table)} WHERE ${quote("deletedAt")} IS NULL`;
    conditions.push(`${quote(from)} IN (${live})`);
  }
  return conditions.length === 0 ? undefined : conditions.join(" AND ");
}

function hasDeletedAt(schema: readonly TableColumns[], table: string): boolean {
  const entry = schema.find((candidate) => candidate.table.toLowerCase() === table.toLowerCase());
  return entry?.columns.some(({ name }) => name === "deletedAt") ?? false;
}

function columnsOf(database: DatabaseSync, name: string): { name: string; type: string }[] {
  return z.array(columnSchema).parse(database.prepare(`PRAGMA table_info(${quote(name)})`).all());
}

function withShadows(name: string): string[] {
  return [name, ...["config", "content", "data", "docsize", "idx"].map((part) => `${name}_${part}`)];
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
