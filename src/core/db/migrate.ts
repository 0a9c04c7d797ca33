import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { ConfigError, PermanentError } from "@/core/models/errors";
import type { Db } from "@/core/models/database";
import { backupDatabase, backupsOf } from "./backup";
import { removeLeftoverParts } from "./leftover-parts";
import type { OpenDatabase } from "./open";
import { isHeldByAnother } from "./storage-error";

/** The table that says which migrations a database has had. */
export const LEDGER = "__stoneturnerMigrations";
export const createLedger = `CREATE TABLE IF NOT EXISTS "${LEDGER}" (createdAt INTEGER PRIMARY KEY, hash TEXT NOT NULL, appliedAt TEXT NOT NULL)`;
/** How long another process is waited for, and how long until the next try, beside what the connection waits itself. */
const LONGEST_WAIT_MS = 30 * 60_000;
const WAIT_MS = 200;
/** Copies from before migrations that are kept; what people copied there themselves is never touched. */
const BACKUPS_KEPT = 5;
const backupName = /^before-migration-[\dT-]+Z\.db$/;

export interface MigrationOptions {
  /** Called before the copy is made, which takes long where the database is large: where to, and how many bytes. */
  onCopy?: (target: string, bytes: number) => void;
  /** Called once when another process holds the database, as for a migration of its own, and is waited for. */
  onWait?: () => void;
}

export interface MigrationOutcome {
  /** How many migrations were applied now. */
  applied: number;
  /** Where the database was copied to before, if it held anything. */
  backup: string | undefined;
}

/**
 * Brings the database to this program's schema: a backup first when it holds data, then every pending migration
 * in one transaction, so a killed process leaves the old schema or the new one.
 *
 * @throws ConfigError when the database was written by a newer program.
 */
export async function migrate(
  open: OpenDatabase,
  migrationsFolder: string,
  { onCopy, onWait }: MigrationOptions = {},
): Promise<MigrationOutcome> {
  const { db } = open;
  await db.raw.run(createLedger);
  // A restore or a copy whose process was killed.
  removeLeftoverParts(dirname(open.path), (name) => name === basename(open.path));
  removeLeftoverParts(backupsOf(open.path), (name) => backupName.test(name));
  const known = readMigrationFiles({ migrationsFolder });
  const newest = await newestApplied(db);
  const newestKnown = known.at(-1)?.folderMillis ?? 0;
  if (newest > newestKnown) {
    throw new ConfigError("This database was written by a newer Stoneturner than this one.", {
      action: "Update the program, or start it on a backup made before the update (folder 'backups').",
    });
  }
  const pending = known.filter((migration) => migration.folderMillis > newest);
  if (pending.length === 0) return { applied: 0, backup: undefined };
  const backup = newest > 0 ? backupPath(open.path) : undefined;
  if (backup !== undefined) {
    onCopy?.(backup, statSync(open.path).size);
    await backupDatabase(open, backup);
    dropOldBackups(dirname(backup));
  }
  // A table that SQLite cannot alter is rebuilt: dropping the old one must not cascade into the rows that refer to
  // it. The switch only works outside of a transaction; the check below stands in for it.
  await db.raw.run("PRAGMA foreign_keys = OFF");
  try {
    return { applied: await inTurn(() => db.transaction((tx) => apply(tx, pending)), onWait), backup };
  } finally {
    await db.raw.run("PRAGMA foreign_keys = ON");
  }
}

/** True when the database has exactly this program's schema: also no newer program has changed it since. */
export async function isMigrated(db: Db, migrationsFolder: string): Promise<boolean> {
  return (await newestApplied(db)) === newestOf(migrationsFolder);
}

/** True when the next start would change the database's schema. */
export async function isOlder(db: Db, migrationsFolder: string): Promise<boolean> {
  return (await newestApplied(db)) < newestOf(migrationsFolder);
}

function newestOf(migrationsFolder: string): number {
  return readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0;
}

/** Tries again while another process holds the database: bringing a large one up to date takes it minutes. */
async function inTurn<Value>(
  write: () => Promise<Value>,
  onWait: () => void = () => undefined,
): Promise<Value> {
  const until = performance.now() + LONGEST_WAIT_MS;
  for (let tries = 0; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (!isHeldByAnother(error) || performance.now() > until) throw error;
      if (tries === 0) onWait();
      await Bun.sleep(WAIT_MS);
    }
  }
}

async function apply(tx: Db, pending: readonly MigrationMeta[]): Promise<number> {
  // Another program may have come first, between the look at the ledger and this transaction.
  const done = await newestApplied(tx);
  const todo = pending.filter((migration) => migration.folderMillis > done);
  for (const migration of todo) {
    for (const statement of migration.sql) if (statement.trim() !== "") await tx.raw.run(statement);
    await tx.raw.run(`INSERT INTO "${LEDGER}" VALUES (?, ?, ?)`, [
      migration.folderMillis,
      migration.hash,
      new Date().toISOString(),
    ]);
  }
  const broken = await tx.raw.all("PRAGMA foreign_key_check");
  if (broken.length > 0) {
    throw new PermanentError(`The migration would leave ${broken.length} row(s) that refer to nothing.`, {
      action: "The database is as it was. Run 'stoneturner doctor' on it.",
    });
  }
  return todo.length;
}

async function newestApplied(db: Db): Promise<number> {
  const [row] = await db.raw.all(`SELECT coalesce(max(createdAt), 0) AS newest FROM "${LEDGER}"`);
  return Number(row?.["newest"] ?? 0);
}

function dropOldBackups(folder: string): void {
  const names = readdirSync(folder).filter((name) => backupName.test(name));
  // The stamps in the names sort by time.
  for (const name of names.sort((a, b) => (a < b ? 1 : -1)).slice(BACKUPS_KEPT))
    // Another process that starts now may be quicker.
    rmSync(join(folder, name), { force: true });
}

function backupPath(databasePath: string): string {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
  return join(backupsOf(databasePath), `before-migration-${stamp}.db`);
}
