import { realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { PermanentError, type StoneturnerError } from "@/core/models/errors";
import { fileError, isGone } from "../errno";
import { shownName } from "@/lib/file-names";

/** The whole path that a person's spelling of a folder means: `~`, `~/notes`, `file:` URLs, relative paths. */
export function expandPath(given: string): string {
  const path = given.trim();
  if (path === "~" || path.startsWith("~/")) return resolve(homedir() + path.slice(1));
  if (path.startsWith("file://") && URL.canParse(path)) return resolve(fileURLToPath(path));
  return resolve(path);
}

/**
 * The folder's path without links, as every file in it is reached, and the file system it lies on.
 *
 * @throws PermanentError when there is no such folder; TransientError when the disk is in trouble.
 */
export async function findRoot(path: string): Promise<{ root: string; device: string }> {
  const whole = expandPath(path);
  try {
    const root = await realpath(whole);
    return { root, device: String((await stat(root, { bigint: true })).dev) };
  } catch (error) {
    throw rootError(whole, error);
  }
}

/** The folder itself is not there: nothing it held is taken for deleted. */
export function rootGone(root: string, cause?: unknown): PermanentError {
  return new PermanentError(`The folder '${shownName(root)}' is not there (any more).`, {
    cause,
    action:
      "If it lies on a drive or network share, mount it; if it moved, connect it at its new place. What was read stays.",
  });
}

/** The folder itself is empty, but files of another file system were known below it. */
export function notMounted(root: string): PermanentError {
  return new PermanentError(`The folder '${shownName(root)}' is empty, but held files of another drive.`, {
    action:
      "Mount the drive and sync again. If the files are meant to be gone, remove this source's data and connect it again.",
  });
}

/** The error for any other trouble with the folder itself: passing, or a person's to mend. */
export function rootError(root: string, cause: unknown): StoneturnerError {
  if (isGone(cause)) return rootGone(root, cause);
  const failure = fileError(root, cause);
  if (failure.code === "transient") return failure;
  const action = failure.action === undefined ? {} : { action: failure.action };
  return new PermanentError(failure.message, { cause, ...action });
}
