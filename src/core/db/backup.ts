import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { PermanentError, StorageError } from "@/core/models/errors";
import { partOf, removeLeftoverParts } from "./leftover-parts";
import type { OpenDatabase } from "./open";

/** Where copies are kept that the program makes by itself: beside the database, wherever that lies. */
export function backupsOf(databasePath: string): string {
  return join(dirname(databasePath), "backups");
}

/** What became of a copy: what its check found, or SQLite's code and words of why there is none. */
export type CopyOutcome = { problems: string[] } | { code: string; message: string };

/**
 * Writes a consistent copy of an open database to `target`: made aside, checked, made durable, then renamed into
 * place, so `target` is never half a copy. Readable by the owner alone from its first byte. Holds no secrets and no key.
 *
 * @param signal stops it, and nothing is left of the copy
 */
export async function backupDatabase(
  open: Pick<OpenDatabase, "path">,
  target: string,
  signal?: AbortSignal,
): Promise<string> {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  removeLeftoverParts(dirname(target), (name) => name === basename(target));
  const part = partOf(target);
  remove(part);
  try {
    makePrivate(part);
    const outcome = await copyInThread({ path: open.path, part }, signal);
    if ("code" in outcome) throw notCopied(outcome, dirname(part));
    if (outcome.problems.length > 0) {
      throw new PermanentError(`The backup did not pass its check: ${outcome.problems.join("; ")}.`, {
        action: "Run 'stoneturner doctor' to look at the database itself.",
      });
    }
    const file = openSync(part, "r+");
    fsyncSync(file);
    closeSync(file);
    renameSync(part, target);
  } finally {
    remove(part);
  }
  return target;
}

function remove(part: string): void {
  for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(part + end, { force: true });
}

/** SQLite writes into an empty file that is there already, and leaves its rights as they are. */
function makePrivate(part: string): void {
  try {
    closeSync(openSync(part, "wx", 0o600));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!["EACCES", "EPERM", "EROFS", "ENOENT"].includes(code)) throw error;
    throw noPlace(dirname(part), error);
  }
}

function copyInThread(data: { path: string; part: string }, signal?: AbortSignal): Promise<CopyOutcome> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL("./backup-thread.ts", import.meta.url), { workerData: data });
  return new Promise<CopyOutcome>((resolve, reject) => {
    worker.once("message", (outcome: CopyOutcome) => resolve(outcome));
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The thread that copies ended without an answer.")));
    signal?.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  }).finally(() => void worker.terminate());
}

/** Of the database itself a copy only reads: it is the copy's place that is full, or not to be had. */
function notCopied({ code, message }: { code: string; message: string }, where: string): Error {
  const cause = Object.assign(new Error(message), { code });
  if (code.startsWith("SQLITE_CANTOPEN")) return noPlace(where, cause);
  if (!code.startsWith("SQLITE_FULL")) return cause;
  return new StorageError(`The disk of ${where} is full.`, {
    action: "Make room for a whole copy of the database there, or name another place.",
    cause,
  });
}

function noPlace(where: string, cause: unknown): StorageError {
  return new StorageError(`No file can be made in ${where}.`, {
    action: "Give this user the right to write there, or name another place.",
    cause,
  });
}
