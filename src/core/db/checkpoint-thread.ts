/**
 * Entry point of the checkpointing thread: while the write-ahead log grows, moves what is committed into the database
 * file. Waiting for the disk is what takes long in that, and here nobody waits for this thread. Started by
 * `Checkpointer` only.
 */
import { Database } from "bun:sqlite";
import { statSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { z } from "zod";
import { giveWay } from "@/lib/give-way";

const INTERVAL_MS = 200;
/** Pages in the log from which it should start over, which SQLite does once all of it was moved between two commits. */
const START_OVER_FROM = 4_000;
const TRIES = 5;
/** Bytes that the log may keep on the disk once nobody writes: cutting it off holds up writers for longer than writing does. */
const LONGEST_LOG = 64 * 2 ** 20;

const { path } = z.object({ path: z.string() }).parse(workerData);
const rowSchema = z.object({ log: z.number(), checkpointed: z.number() });

/** Opened for each look alone, so that whoever closes the database is the last to have it open. */
function withDatabase(act: (database: Database) => void): void {
  const database = new Database(path, { readwrite: true, create: false });
  try {
    act(database);
  } finally {
    database.close();
  }
}

function move(): void {
  withDatabase((database) => {
    for (let tries = 0; tries < TRIES; tries++) {
      // "Passive" keeps no writer waiting. Each try has only what was committed during the one before to move.
      const row = database.query("PRAGMA wal_checkpoint(PASSIVE)").get();
      const { log, checkpointed } = rowSchema.parse(row);
      if (log === checkpointed || log < START_OVER_FROM) return;
    }
  });
}

/** Gives the log's room on the disk back, unless somebody reads or writes just now. */
function cutOff(): void {
  withDatabase((database) => database.run("PRAGMA wal_checkpoint(TRUNCATE)"));
}

giveWay("answers");
let seen = 0;
setInterval(() => {
  const { mtimeMs = 0, size = 0 } = statSync(`${path}-wal`, { throwIfNoEntry: false }) ?? {};
  const isWritten = mtimeMs !== seen;
  seen = mtimeMs;
  try {
    if (isWritten) move();
    else if (size > LONGEST_LOG) cutOff();
  } catch {
    // A full disk, a database that was just closed: writers meet the same and say so; the next look tries again.
  }
}, INTERVAL_MS);
