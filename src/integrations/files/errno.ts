import { ItemError, TransientError, type StoneturnerError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";

const vanished = new Set(["ENOENT", "ENOTDIR"]);
const passing = new Set([
  "EMFILE",
  "ENFILE",
  "ENOSPC",
  "ENOMEM",
  "EIO",
  "EAGAIN",
  "EBUSY",
  "EINTR",
  "ETIMEDOUT",
  "ESTALE",
  "EHOSTDOWN",
]);

/** The system's name for what went wrong with a file, e.g. `ENOENT`; undefined for any other error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  // Our own errors carry a code too, in small letters.
  return typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

/** True when the error says that there is nothing at the path (any more). */
export function isGone(error: unknown): boolean {
  return vanished.has(errnoOf(error) ?? "");
}

/** True when the error says that the path is, or leads through, a symbolic link. */
export function isLink(error: unknown): boolean {
  return errnoOf(error) === "ELOOP";
}

/**
 * The typed error for a system error about the file or folder `key`: TransientError for trouble that passes,
 * else ItemError. Both name it in plain words.
 */
export function fileError(key: string, error: unknown): StoneturnerError {
  const name = shownName(key);
  const code = errnoOf(error);
  const options = { cause: error };
  if (code !== undefined && passing.has(code)) {
    return new TransientError(`'${name}' could not be read just now: ${inWords(code)}.`, {
      ...options,
      action: "The next sync goes on from here.",
    });
  }
  if (code === "EACCES" || code === "EPERM") {
    return new ItemError(`'${name}' could not be read: Stoneturner may not open it.`, {
      ...options,
      action: "Give the account that runs Stoneturner the right to read it, or leave it out by a pattern.",
    });
  }
  const reason = code === undefined ? String(error instanceof Error ? error.message : error) : inWords(code);
  return new ItemError(`'${name}' could not be read: ${reason}.`, options);
}

const meanings: Record<string, string> = {
  EMFILE: "this program has too many files open",
  ENFILE: "the machine has too many files open",
  ENOSPC: "the disk is full",
  ENOMEM: "the machine is out of memory",
  EIO: "the disk or network drive gave an error",
  ESTALE: "the network drive lost track of it",
  ETIMEDOUT: "the network drive did not answer in time",
  EHOSTDOWN: "the network drive cannot be reached",
  EBUSY: "something else is using it",
  ENAMETOOLONG: "its path is too long for this system",
  ELOOP: "its path leads through too many links",
};

function inWords(code: string): string {
  return meanings[code] ?? `the system answered ${code}`;
}
