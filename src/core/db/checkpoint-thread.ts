/**
 * Entry point of the checkpointing thread: while the write-ahead log grows, moves what is committed into the database
 * file. Waiting for the disk is what takes long in that, and here nobody waits for this thread. Started by
 * `Checkpointer` only.
 */
import { Database } from "bun:sqlite";
import { statSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { z } from "zod";

const INTERVAL_MS = 200;
/** Pages in the log from which it should start over, which SQLite does once all of it was moved between two commits. */
const START_OVER_FROM = 4_000;
const TRIES = 5;

const { path } = z.object({ path: z.string() }).parse(workerData);
const rowSchema = z.object({ log: z.number(), checkpointed: z.number() });

/** Opened for each look alone, so that whoever closes the database is the last to have it open. */
function move(): void {
  const database = new Database(path, { readwrite: true, create: false });
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      // "Passive" keeps no writer waiting. Each try has only what was committed during the one before to move.
      const row = database.query("PRAGMA wal_checkpoint(PASSIVE)").get();
      const { log, checkpointed } = rowSchema.parse(row);
      if (log === checkpointed || log < START_OVER_FROM) return;
    }
  } finally {
    database.close();
  }
}

let seen = 0;
setInterval(() => {
  const changed = statSync(`${path}-wal`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (changed === seen) return;
  seen = changed;
  try {
    move();
  } catch {
    // A full disk, a database that was just closed: writers meet the same and say so; the next look tries again.
  }
}, INTERVAL_MS);
