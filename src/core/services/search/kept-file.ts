import { chmodSync, renameSync } from "node:fs";

/** What a file holds beside its header, in one piece. */
interface KeptFile {
  /** Parsed JSON; whoever reads it checks its shape. */
  header: unknown;
  body: Uint8Array;
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
  const part = `${path}.${process.pid}.part`;
  await Bun.write(part, new Blob([length, head, ...parts.map((bytes) => new Uint8Array(bytes))]));
  chmodSync(part, 0o600);
  renameSync(part, path);
}

/** Reads what `writeKeptFile` wrote. @throws Error in plain words, where it is no such file. */
export async function readKeptFile(path: string): Promise<KeptFile> {
  const bytes = new Uint8Array(await Bun.file(path).arrayBuffer());
  const length = bytes.length < 4 ? Infinity : new DataView(bytes.buffer).getUint32(0, true);
  if (length > bytes.length - 4) throw new Error("it is cut short");
  const header: unknown = JSON.parse(Buffer.from(bytes.subarray(4, 4 + length)).toString());
  return { header, body: bytes.subarray(4 + length) };
}

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
