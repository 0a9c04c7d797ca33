import { Database, SQLiteError } from "bun:sqlite";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigError, messageOf } from "@/core/models/errors";
import type { Db } from "@/core/models/database";
import { Checkpointer } from "./checkpointer";
import { sqliteHandle } from "./sqlite-handle";

export interface OpenDatabase {
  db: Db;
  path: string;
  close: () => void;
}

/**
 * Opens (and creates, readable by its owner alone) the SQLite database at `path`: write-ahead log, foreign keys on,
 * waits up to five seconds for another process's lock.
 *
 * `synchronous=NORMAL` in WAL mode loses nothing to a killed process; a power cut may lose the last commits, which
 * the next sync reads again, since checkpoints are in the same transactions.
 *
 * @throws ConfigError when the folder or the file cannot be made or opened.
 */
export function openDatabase(path: string): OpenDatabase {
  const database = openInPlace(path);
  const checkpointer = new Checkpointer(path);
  const { db, close } = sqliteHandle(database, {
    committed: (commits) => checkpointer.committed(commits),
    openBeside: () => openToRead(path, besideCacheKib),
  });
  return {
    path,
    db,
    close: () => {
      checkpointer.close();
      close();
    },
  };
}

/**
 * Opens what is at `path` to be written. A restore that was under way holds the old database until another has taken its
 * place: to whoever waited for that, SQLite says that the file has moved.
 */
function openInPlace(path: string): Database {
  const database = openFile(path);
  try {
    prepareToWrite(database, mainCacheKib);
    return database;
  } catch (error) {
    database.close();
    if (!(error instanceof SQLiteError && error.code === "SQLITE_READONLY_DBMOVED")) throw error;
    return openInPlace(path);
  }
}

function openFile(path: string): Database {
  makeFolder(dirname(path));
  try {
    const isNew = !existsSync(path);
    const database = new Database(path, { create: true, readwrite: true });
    if (isNew) chmodSync(path, 0o600);
    return database;
  } catch (error) {
    throw new ConfigError(`The database ${path} cannot be opened: ${messageOf(error)}.`, {
      action:
        "Give this user the right to read and write it and its folder, or set STONETURNER_HOME to another folder.",
      cause: error,
    });
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ConfigError(`The data folder ${folder} cannot be made: ${messageOf(error)}.`, {
      action: "Set STONETURNER_HOME to a folder that this user may make or write to.",
      cause: error,
    });
  }
}

/** Pages that the connection of the process and one of a writing thread keep in memory, in KiB. */
const mainCacheKib = 65_536;
const threadCacheKib = 16_384;

function prepareToWrite(database: Database, cacheKib: number): void {
  for (const pragma of [
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    `cache_size = -${cacheKib}`,
    // The file mapped into memory counts as the process's own and made no search faster.
    "mmap_size = 0",
    // While much is written, checkpoints come from a thread; one in between comes late, and only if that falls behind.
    "wal_autocheckpoint = 32000",
  ]) {
    database.run(`PRAGMA ${pragma}`);
  }
}

/**
 * Opens an existing database for a thread that writes to it while the process's own connection lends it the turn
 * (`RawSql.lendWriting`), which also sees to checkpoints.
 */
export function openWriter(path: string): OpenDatabase {
  const database = new Database(path, { readwrite: true, create: false });
  prepareToWrite(database, threadCacheKib);
  return { path, ...sqliteHandle(database) };
}

/** Pages that a reader keeps in memory, and the connection for reads beside the process's transactions, in KiB. */
const readerCacheKib = 32_768;
const besideCacheKib = 4_096;

/**
 * Opens an existing database for reading alone, beside whoever writes it: for a thread that must not hold others up.
 * `cacheKib` is what it keeps of the file in memory.
 */
export function openReader(path: string, cacheKib = readerCacheKib): OpenDatabase {
  return { path, ...sqliteHandle(openToRead(path, cacheKib)) };
}

function openToRead(path: string, cacheKib: number): Database {
  const database = new Database(path, { readonly: true });
  for (const pragma of [
    "busy_timeout = 5000",
    "query_only = ON",
    "temp_store = MEMORY",
    `cache_size = -${cacheKib}`,
    "mmap_size = 0",
  ]) {
    database.run(`PRAGMA ${pragma}`);
  }
  return database;
}
