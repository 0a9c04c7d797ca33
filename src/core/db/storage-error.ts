import { StorageError } from "@/core/models/errors";

/** What to do: `action` for a sync, which goes on by itself, `asked` for whoever waits for an answer, where that differs. */
const explanations: readonly { code: RegExp; message: string; action: string; asked?: string }[] = [
  {
    code: /^SQLITE_FULL/,
    message: "The disk that holds the data folder is full.",
    action: "Free some space; the sync then goes on from its last page by itself.",
    asked: "Free some space, then try again.",
  },
  {
    code: /^SQLITE_(IOERR|CANTOPEN)/,
    message: "The data folder could not be read or written.",
    action: "Check the disk, and run 'stoneturner doctor'.",
  },
  {
    code: /^SQLITE_READONLY/,
    message: "The data folder is read-only.",
    action: "Give this user the right to write there; the sync then goes on from its last page by itself.",
    asked: "Give this user the right to write there, then try again.",
  },
  {
    code: /^SQLITE_(BUSY|LOCKED)/,
    message: "Another process held the database for too long.",
    action: "The sync tries again by itself.",
    asked: "Try again.",
  },
  {
    code: /^SQLITE_(CORRUPT|NOTADB)/,
    message: "The database file is damaged.",
    action: "Stop the program, run 'stoneturner doctor', and restore a backup.",
  },
];

/**
 * What a database driver's error means for storage, or undefined when it is about something else.
 *
 * @param whom is told: somebody who waits for an answer tries again; a sync does so by itself.
 */
export function storageErrorOf(error: unknown, whom: "sync" | "caller" = "sync"): StorageError | undefined {
  for (const cause of causesOf(error)) {
    if (cause instanceof StorageError) return cause;
    const known = explanations.find((entry) => entry.code.test(codeOf(cause)));
    if (known === undefined) continue;
    const { message, action, asked = action } = known;
    return new StorageError(message, { action: whom === "caller" ? asked : action, cause: error });
  }
  return undefined;
}

/** The error of whoever meets damage in the secrets database at `path`; undefined for any other error. */
export function damagedSecrets(error: unknown, path: string): StorageError | undefined {
  if (!causesOf(error).some((cause) => /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(cause)))) return undefined;
  return new StorageError(`The secrets database ${path} is damaged.`, {
    action: "Put a copy of it back, or move it away and connect the accounts again.",
    cause: error,
  });
}

/** True when another process held the database longer than the connection waits. */
export function isHeldByAnother(error: unknown): boolean {
  return causesOf(error).some((cause) => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(cause)));
}

function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 5; cause = cause.cause)
    causes.push(cause);
  return causes;
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}
