import { Database } from "bun:sqlite";
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { PermanentError } from "@/core/models/errors";
import { partOf, removeLeftoverParts } from "./leftover-parts";
import type { OpenDatabase } from "./open";
import { StorageError } from "./storage-error";

/**
 * Writes a consistent copy of an open database to `target`: made aside, checked, made durable, then renamed into
 * place, so `target` is never half a copy. Readable by the owner alone. Holds no secrets and no key.
 */
export async function backupDatabase(open: OpenDatabase, target: string): Promise<string> {
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  removeLeftoverParts(dirname(target), (name) => name === basename(target));
  const part = partOf(target);
  rmSync(part, { force: true });
  try {
    await copyInto(open, part);
    chmodSync(part, 0o600);
    check(part);
    const file = openSync(part, "r+");
    fsyncSync(file);
    closeSync(file);
    renameSync(part, target);
  } finally {
    rmSync(part, { force: true });
  }
  return target;
}

async function copyInto(open: OpenDatabase, part: string): Promise<void> {
  try {
    await open.db.raw.run("VACUUM INTO ?", [part]);
  } catch (error) {
    // Of the database itself this only reads: it is the copy's place that is full, or not to be had.
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const where = dirname(part);
    if (code.startsWith("SQLITE_FULL")) {
      throw new StorageError(`The disk of ${where} is full.`, {
        action: "Make room for a whole copy of the database there, or name another place.",
        cause: error,
      });
    }
    if (!code.startsWith("SQLITE_CANTOPEN")) throw error;
    throw new StorageError(`No file can be made in ${where}.`, {
      action: "Give this user the right to write there, or name another place.",
      cause: error,
    });
  }
}

function check(path: string): void {
  const copy = new Database(path, { readonly: true });
  try {
    const problems = copy.prepare("PRAGMA quick_check").values().flat();
    if (problems.length !== 1 || problems[0] !== "ok") {
      throw new PermanentError(`The backup did not pass its check: ${problems.join("; ")}.`, {
        action: "Run 'stoneturner doctor' to look at the database itself.",
      });
    }
  } finally {
    copy.close();
  }
}
