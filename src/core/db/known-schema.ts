import { Database } from "bun:sqlite";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { z } from "zod";
import type { Db } from "@/core/models/database";
import { InputError } from "@/core/models/errors";
import { createLedger, LEDGER } from "./migrate";
import { sqliteHandle } from "./sqlite-handle";

const objectSchema = z.object({ type: z.string(), name: z.string(), sql: z.string().nullable() });
type SchemaObject = z.infer<typeof objectSchema>;
const ledgerSchema = z.array(z.object({ createdAt: z.number(), hash: z.string() }));

const action = "Restore a file that 'stoneturner backup' wrote.";
/** Names of the derived search tables and their triggers, of every version. */
const derivedName = /^search[A-Z][A-Za-z]*(?:_[a-z]+)?$/;
/** SQLite's own. */
const ownName = /^sqlite_(?:autoindex_|stat\d$|sequence$)/;

/**
 * Checks that a database holds what this program makes and nothing else: a trigger or a view that somebody slipped in
 * would run with the program's rights.
 *
 * @param derive makes the derived search tables in the database that it is given.
 * @returns the search tables and triggers, all of them, for the caller to drop in this order where any is not of this version:
 *   what stays would refer to what is gone, and no migration that renames a table gets past a trigger that does.
 * @throws InputError naming what is foreign or missing, or saying that a newer program wrote it.
 */
export async function assertKnownSchema(
  database: Database,
  migrationsFolder: string,
  derive: (db: Db) => Promise<unknown>,
): Promise<{ type: string; name: string }[]> {
  const applied = appliedMigrations(database, readMigrationFiles({ migrationsFolder }));
  const { core, all } = await referenceOf(applied, derive);
  const objects = objectsOf(database);
  const found = new Set(objects.map(keyOf));
  const missing = core.find((object) => !found.has(keyOf(object)));
  if (missing !== undefined) {
    throw new InputError(`The file lacks the ${missing.type} ${missing.name}.`, [], { action });
  }
  const known = new Map(all.map((object) => [keyOf(object), plain(object.sql)]));
  const unknown = objects.filter((object) => known.get(keyOf(object)) !== plain(object.sql));
  const foreign = unknown.filter(({ type, name }) => type === "view" || !derivedName.test(name));
  if (foreign.length === 0) {
    return unknown.length === 0 ? [] : inOrderToDrop(objects.filter(({ name }) => derivedName.test(name)));
  }
  const names = foreign.slice(0, 3).map(({ type, name }) => `${type} ${name.slice(0, 60)}`);
  throw new InputError(`The file holds what Stoneturner does not make: ${names.join(", ")}.`, [], { action });
}

/** Triggers first, which tables run, and virtual tables before those that they keep their rows in, and take along. */
function inOrderToDrop(objects: readonly SchemaObject[]): SchemaObject[] {
  const isVirtual = ({ sql }: SchemaObject) => /^create virtual/i.test(sql ?? "");
  const tables = objects.filter(({ type }) => type === "table");
  return [
    ...objects.filter(({ type }) => type === "trigger"),
    ...tables.filter(isVirtual),
    ...tables.filter((table) => !isVirtual(table)),
  ];
}

const keyOf = ({ type, name }: SchemaObject) => `${type} ${name}`;
const plain = (sql: string | null) => (sql ?? "").replaceAll(/\s+/g, " ");

/** The migrations that a database has had. @throws InputError when it is none of ours, or a newer one. */
function appliedMigrations(database: Database, known: readonly MigrationMeta[]): MigrationMeta[] {
  const table = database.query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(LEDGER);
  const rows = table === null ? [] : database.query(`SELECT createdAt, hash FROM "${LEDGER}"`).all();
  const ledger = ledgerSchema.safeParse(rows).data ?? [];
  const newest = known.at(-1)?.folderMillis ?? 0;
  if (ledger.some((row) => row.createdAt > newest)) {
    throw new InputError("The file was written by a newer Stoneturner than this one.", [], {
      action: "Update the program first.",
    });
  }
  const applied = known.filter((one) => ledger.some((row) => row.createdAt === one.folderMillis));
  const same = applied.every((one) => ledger.some((row) => row.hash === one.hash));
  if (applied.length === 0 || applied.length !== ledger.length || !same) {
    throw new InputError("The file is no database of Stoneturner.", [], { action });
  }
  return applied;
}

/** What a database with these migrations holds, without and with the derived search tables. */
async function referenceOf(
  applied: readonly MigrationMeta[],
  derive: (db: Db) => Promise<unknown>,
): Promise<{ core: SchemaObject[]; all: SchemaObject[] }> {
  const reference = new Database(":memory:");
  const { db, close } = sqliteHandle(reference);
  try {
    await db.raw.run(createLedger);
    for (const statement of applied.flatMap((migration) => migration.sql)) {
      if (statement.trim() !== "") await db.raw.run(statement);
    }
    const core = objectsOf(reference);
    await derive(db);
    return { core, all: objectsOf(reference) };
  } finally {
    close();
  }
}

function objectsOf(database: Database): SchemaObject[] {
  const rows = database.query("SELECT type, name, sql FROM sqlite_master").all();
  return z
    .array(objectSchema)
    .parse(rows)
    .filter(({ name }) => !ownName.test(name));
}
