import { Database } from "bun:sqlite";
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { PermanentError } from "@/core/models/errors";
import { partOf, removeLeftoverParts } from "./leftover-parts";
import type { OpenDatabase } from "./open";

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
    await open.db.raw.run("VACUUM INTO ?", [part]);
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
