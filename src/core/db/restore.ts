import { Database } from "bun:sqlite";
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Db } from "@/core/models/database";
import { ConflictError, InputError, NotFoundError } from "@/core/models/errors";
import { backupsOf } from "./backup";
import { assertKnownSchema } from "./known-schema";
import { partOf, removeLeftoverParts } from "./leftover-parts";

export interface RestoreOptions {
  /** The copy to restore. */
  source: string;
  databasePath: string;
  migrationsFolder: string;
  /** Makes the derived search tables in a database. */
  derive: (db: Db) => Promise<unknown>;
}

const HEADER = "SQLite format 3\0";
const CHUNK_BYTES = 1024 * 1024;

/**
 * Puts a backup in the place of the database, which no process may have open. The backup is copied aside and checked
 * first, so nothing is touched when it is not good; what it replaces is kept.
 *
 * @returns where the replaced database is kept, if there was one.
 * @throws InputError for a file that is no good backup, ConflictError when the database is in use.
 */
export async function restoreDatabase(options: RestoreOptions): Promise<string | undefined> {
  const { source, databasePath } = options;
  const place = lstatSync(databasePath, { throwIfNoEntry: false });
  if (place?.isDirectory() === true) {
    throw new InputError(`${databasePath} is a folder.`, [], { action: "Move it away, then restore again." });
  }
  if (place?.isSymbolicLink() === true) {
    throw new InputError(`${databasePath} is a link; a restore does not follow it.`, [], {
      action: "Set DATABASE_URL to where the database really is.",
    });
  }
  removeLeftoverParts(dirname(databasePath), (name) => name === basename(databasePath));
  const part = partOf(databasePath);
  try {
    copyPlainFile(source, part);
    await makeReady(part, options);
    return await replace(part, databasePath);
  } finally {
    for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(part + end, { force: true });
  }
}

/** Copies a regular file, whatever becomes of its name meanwhile, readable by the owner alone. */
function copyPlainFile(source: string, target: string): void {
  const stat = lstatSync(source, { throwIfNoEntry: false });
  if (stat === undefined)
    throw new NotFoundError(`There is no file ${source}.`, {
      action: "Copies lie in the folder backups, beside the database.",
    });
  if (!stat.isFile()) throw new InputError(`${source} is no plain file.`);
  if ((lstatSync(`${source}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new InputError(
      `${source} has a write-ahead log beside it, so it is a database in use, not a backup.`,
      [],
      {
        action: "Write a whole copy of it with 'stoneturner backup'.",
      },
    );
  }
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  rmSync(target, { force: true });
  const from = openSync(source, constants.O_RDONLY | constants.O_NOFOLLOW);
  const to = openSync(target, "wx", 0o600);
  try {
    if (!fstatSync(from).isFile()) throw new InputError(`${source} is no plain file.`);
    const bytes = Buffer.alloc(CHUNK_BYTES);
    let isFirst = true;
    for (let read = readSync(from, bytes); read > 0; read = readSync(from, bytes), isFirst = false) {
      if (isFirst && bytes.toString("latin1", 0, HEADER.length) !== HEADER) {
        throw new InputError(`${source} is no SQLite database.`);
      }
      for (let at = 0; at < read;) at += writeSync(to, bytes, at, read - at);
    }
    if (isFirst) throw new InputError(`${source} is empty.`);
    fsyncSync(to);
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

/** Checks the copy, takes out search tables of another version, and makes it what the program opens. */
async function makeReady(part: string, { migrationsFolder, derive, source }: RestoreOptions): Promise<void> {
  const copy = new Database(part, { readwrite: true });
  try {
    // Nothing in the file may run anything until it has been looked at.
    copy.run("PRAGMA trusted_schema = OFF");
    const problems = problemsOf(copy);
    if (problems.length > 0) {
      throw new InputError(`${source} is damaged: ${problems.slice(0, 3).join("; ")}.`, [], {
        action: "Take another backup. Nothing was changed.",
      });
    }
    const stale = await assertKnownSchema(copy, migrationsFolder, derive);
    for (const { type, name } of stale) copy.run(`DROP ${type} IF EXISTS "${name.replaceAll('"', '""')}"`);
    copy.run("PRAGMA journal_mode = WAL");
  } finally {
    copy.close();
  }
}

function problemsOf(copy: Database): string[] {
  try {
    const found = copy.query("PRAGMA integrity_check(20)").values().flat().map(String);
    return found.filter((text) => text !== "ok");
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Puts the copy in place while it holds the old database, so that nobody opens that meanwhile. */
async function replace(part: string, databasePath: string): Promise<string | undefined> {
  const held = holdAlone(databasePath);
  try {
    const kept = existsSync(databasePath) ? keep(databasePath, held !== undefined) : undefined;
    // A log or a journal that belongs to the old database would be applied to the new one.
    for (const end of ["-wal", "-shm", "-journal"]) rmSync(databasePath + end, { force: true });
    renameSync(part, databasePath);
    chmodSync(databasePath, 0o600);
    const folder = openSync(dirname(databasePath), "r");
    fsyncSync(folder);
    closeSync(folder);
    return kept;
  } finally {
    held?.close();
  }
}

/**
 * Opens a database so that no other process can, with its log written back. A file that is too damaged to be held
 * gives undefined: it may be replaced all the same.
 *
 * @throws ConflictError when another process has it open.
 */
function holdAlone(databasePath: string): Database | undefined {
  // Opening what is no database at all would throw away the log beside it.
  if (!existsSync(databasePath) || !hasHeader(databasePath)) return undefined;
  const database = new Database(databasePath, { readwrite: true });
  try {
    database.run("PRAGMA busy_timeout = 1000");
    database.run("PRAGMA locking_mode = EXCLUSIVE");
    // Leaving write-ahead mode takes every lock there is, and fails when anybody else has the file open.
    const mode = database.query("PRAGMA journal_mode = DELETE").values().flat()[0];
    if (mode !== "delete") throw inUse(databasePath);
    database.run("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) throw inUse(databasePath, error);
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return undefined;
    throw error;
  }
}

function hasHeader(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEADER.length);
    return readSync(file, bytes) === bytes.length && bytes.toString("latin1") === HEADER;
  } finally {
    closeSync(file);
  }
}

function inUse(databasePath: string, cause?: unknown): ConflictError {
  return new ConflictError(`Another process has ${databasePath} open.`, {
    action: "Stop the server and every other command, then restore again. Nothing was changed.",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Keeps the old database beside the other backups, where it is not `whole` with what is left of its log or journal. */
function keep(databasePath: string, whole: boolean): string {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const kept = join(backupsOf(databasePath), `before-restore-${stamp}.db`);
  mkdirSync(dirname(kept), { recursive: true, mode: 0o700 });
  for (const end of whole ? [""] : ["", "-wal", "-journal"]) {
    if (!existsSync(databasePath + end)) continue;
    try {
      linkSync(databasePath + end, kept + end);
    } catch {
      // A file system without links.
      copyFileSync(databasePath + end, kept + end);
    }
    chmodSync(kept + end, 0o600);
  }
  return kept;
}
