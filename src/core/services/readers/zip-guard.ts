import { inflateRawSync } from "node:zlib";
import { viewOf } from "./data-view";

const MEGABYTE = 1024 * 1024;
const MOST_UNPACKED = 200 * MEGABYTE;
const SUSPICIOUS_RATIO = 100;
const SUSPICIOUS_SIZE = 20 * MEGABYTE;
const MOST_ENTRIES = 20_000;

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;

interface ZipEntry {
  name: string;
  packed: number;
  unpacked: number;
  method: number;
  headerAt: number;
}

class NotAZip extends Error {}
export class ZipTooLarge extends Error {}

/**
 * Unpacks the entries of a zip that `wanted` picks, after its directory was checked: nothing is inflated when it
 * promises more than 200 MB, or more than 20 MB at over a hundred times its size, and no entry may grow past what it
 * promised. Throws `ZipTooLarge` or `NotAZip`.
 */
export function unpackZip(bytes: Uint8Array, wanted: (name: string) => boolean): Record<string, Uint8Array> {
  const entries = readDirectory(bytes);
  checkSizes(entries);
  const files: Record<string, Uint8Array> = {};
  for (const entry of entries) {
    if (!entry.name.endsWith("/") && wanted(entry.name)) files[entry.name] = inflate(bytes, entry);
  }
  return files;
}

function checkSizes(entries: readonly ZipEntry[]): void {
  if (entries.length > MOST_ENTRIES) throw new ZipTooLarge("too many entries");
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const suspicious = unpacked > SUSPICIOUS_SIZE && unpacked > packed * SUSPICIOUS_RATIO;
  if (unpacked > MOST_UNPACKED || suspicious) throw new ZipTooLarge(`unpacks to ${unpacked} bytes`);
}

function readDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = viewOf(bytes);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY)
      throw new NotAZip("broken directory");
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      headerAt: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The end record stands in the last 64 kB, after it only a comment. */
function findEnd(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= earliest; at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw new NotAZip("no end of directory");
}

function inflate(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = viewOf(bytes);
  const at = entry.headerAt;
  if (at + 30 > view.byteLength || view.getUint32(at, true) !== LOCAL_HEADER)
    throw new NotAZip("broken entry");
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) throw new NotAZip("entry is cut off");
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new NotAZip(`unknown packing ${entry.method}`);
  try {
    // The directory may lie: an entry stops at the size it promised.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpacked) });
  } catch (error) {
    if (error instanceof RangeError) throw new ZipTooLarge("an entry is larger than it says");
    throw new NotAZip("an entry is damaged", { cause: error });
  }
}
