import { chmodSync, closeSync, fstatSync, openSync, readSync, renameSync } from "node:fs";
import { basename, dirname } from "node:path";
import { partOf, removeLeftoverParts } from "@/core/db/leftover-parts";

/** What a file holds: how much, and up to which numbers, which only grow. */
export interface Kept {
  size: number;
  last: number;
}

/** A file is written anew when so much is not in it, by number or by share. */
const fewNew = 1_000;
const shareNew = 0.05;

/** Whether much of what is in memory is not in the file: more or less of it, or other rows in the place of those. */
export function isMuchNew(saved: Kept | undefined, kept: Kept): boolean {
  if (saved === undefined) return true;
  const much = Math.max(1, Math.min(fewNew, kept.size * shareNew));
  return Math.abs(kept.size - saved.size) >= much || Math.abs(kept.last - saved.last) >= much;
}

/** A file that is being read. */
export interface KeptFile {
  /** Parsed JSON; whoever reads it checks its shape. */
  header: unknown;
  /** Bytes of parts that were not read yet. */
  left: number;
  /** Fills `into` with the next bytes of the parts. @throws Error in plain words, where there are fewer. */
  take: (into: Uint8Array) => void;
}

/**
 * Writes a copy of what is in memory, for the next start; an older one is replaced as a whole. Format: length of the
 * header (4 bytes, little-endian), the header as JSON, then the parts.
 */
export async function writeKeptFile(
  path: string,
  header: object,
  parts: readonly Uint8Array[],
): Promise<void> {
  const head = Buffer.from(JSON.stringify(header));
  const length = new Uint8Array(new Uint32Array([head.length]).buffer);
  removeLeftoverParts(dirname(path), (name) => name === basename(path));
  const part = partOf(path);
  await Bun.write(part, new Blob([length, head, ...parts.map((bytes) => new Uint8Array(bytes))]));
  chmodSync(part, 0o600);
  renameSync(part, path);
}

/**
 * Reads what `writeKeptFile` wrote: parts go to where they will stay, without a copy in between.
 *
 * @throws Error in plain words, where it is no such file.
 */
export function readKeptFile<Result>(path: string, read: (file: KeptFile) => Result): Result {
  const descriptor = openSync(path, "r");
  try {
    const file: KeptFile = {
      header: undefined,
      left: fstatSync(descriptor).size,
      take: (into) => {
        for (let at = 0; at < into.length;) {
          const count = readSync(descriptor, into, at, into.length - at, null);
          if (count === 0) throw new Error(cutShort);
          at += count;
        }
        file.left -= into.length;
      },
    };
    const length = new Uint32Array(1);
    if (file.left < 4) throw new Error(cutShort);
    file.take(new Uint8Array(length.buffer));
    if ((length[0] ?? 0) > file.left) throw new Error(cutShort);
    const head = new Uint8Array(length[0] ?? 0);
    file.take(head);
    file.header = JSON.parse(Buffer.from(head).toString());
    return read(file);
  } finally {
    closeSync(descriptor);
  }
}

const cutShort = "it is cut short";

/** Tells damaged bytes from those that were written. */
export function sumOf(parts: readonly Uint8Array[]): string {
  return parts.map((part) => Bun.hash.xxHash64(part).toString(16)).join("-");
}

/** Places to compare with the database: the newest, where two histories part, and others spread over all. */
export function placesToCompare(count: number): number[] {
  const places = new Set<number>();
  const step = Math.max(1, Math.floor(count / spread));
  for (let place = 0; place < count; place += step) places.add(place);
  for (let place = Math.max(0, count - tail); place < count; place++) places.add(place);
  return [...places];
}

const tail = 64;
const spread = 192;
