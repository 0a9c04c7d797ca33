import { createHash } from "node:crypto";
import { constants, type BigIntStats } from "node:fs";
import { lstat, open, readlink, realpath, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { isGone, isLink } from "../errno";

/** Beginning of a file. */
export interface FileHead {
  bytes: Uint8Array;
  /** Size of the whole file in bytes. */
  size: number;
  /** True when the file goes on after `bytes`. */
  truncated: boolean;
}

// Windows has neither flag. Without NONBLOCK, opening a pipe that took a file's place would wait for ever.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const CHUNK = 1 << 20;

/**
 * Reads at most `limit` bytes from the start of the file `key` below `root`, which must be a real path.
 * Undefined when there is no such file inside the folder: it vanished, or is not a plain file, or its path leads
 * out through a link, also one that was put there between looking and opening. Throws other system errors.
 */
export async function readHead(root: string, key: string, limit: number): Promise<FileHead | undefined> {
  return withFile(root, key, async (handle, stats) => {
    const size = Number(stats.size);
    // A file without a size may still have content, as in /proc, and one that is written to may have more by now.
    const buffer = new Uint8Array(Math.min(limit, Math.max(size, 65_536)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(
        buffer,
        filled,
        Math.min(CHUNK, buffer.length - filled),
        filled,
      );
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { bytes: buffer.subarray(0, filled), size: Math.max(size, filled), truncated: size > filled };
  });
}

/** SHA-256 of the first `limit` bytes; undefined and errors as with `readHead`. Holds one chunk in memory. */
export async function hashHead(root: string, key: string, limit: number): Promise<string | undefined> {
  return withFile(root, key, async (handle, stats) => {
    const hash = createHash("sha256");
    const buffer = new Uint8Array(Math.max(1, Math.min(CHUNK, limit, Number(stats.size))));
    let position = 0;
    while (position < limit) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, limit - position), position);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    return hash.digest("hex");
  });
}

async function withFile<Result>(
  root: string,
  key: string,
  use: (handle: FileHandle, stats: BigIntStats) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    const path = join(root, key);
    await using handle = await open(path, flags);
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile() || !(await isStillAt(path, handle, stats))) return undefined;
    return await use(handle, stats);
  } catch (error) {
    if (isGone(error) || isLink(error)) return undefined;
    throw error;
  }
}

/** True when the opened file is the one at this very path, with no link on the way to it. */
async function isStillAt(path: string, handle: FileHandle, opened: BigIntStats): Promise<boolean> {
  const told = await pathTold(handle);
  if (told !== undefined) return told === path;
  if ((await realpath(path)) !== path) return false;
  const there = await lstat(path, { bigint: true });
  return there.ino === opened.ino && there.dev === opened.dev;
}

/**
 * Where the kernel says that an opened file lies; undefined where it does not tell. Only this is proof: between any
 * two looks at a path, a link may come and go.
 */
async function pathTold(handle: FileHandle): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  try {
    return await readlink(`/proc/self/fd/${handle.fd}`);
  } catch (error) {
    if (isGone(error)) return undefined; // No /proc here.
    throw error;
  }
}
