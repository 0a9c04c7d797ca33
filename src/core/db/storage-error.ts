import { StoneturnerError } from "@/core/models/errors";

/** The database could not be written: the disk is full or failing, or another process held it for too long. */
export class StorageError extends StoneturnerError {
  override readonly code = "storage";
}

const explanations: readonly { code: RegExp; message: string; action: string }[] = [
  {
    code: /^SQLITE_FULL/,
    message: "The disk that holds the data folder is full.",
    action: "Free some space; the sync then goes on from its last page by itself.",
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
  },
  {
    code: /^SQLITE_(BUSY|LOCKED)/,
    message: "Another process held the database for too long.",
    action: "The sync tries again by itself.",
  },
  {
    code: /^SQLITE_(CORRUPT|NOTADB)/,
    message: "The database file is damaged.",
    action: "Stop the program, run 'stoneturner doctor', and restore a backup.",
  },
];

/** What a database driver's error means for storage, or undefined when it is about something else. */
export function storageErrorOf(error: unknown): StorageError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (cause instanceof StorageError) return cause;
    const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
    const known = explanations.find((entry) => entry.code.test(code));
    if (known !== undefined) return new StorageError(known.message, { action: known.action, cause: error });
  }
  return undefined;
}
