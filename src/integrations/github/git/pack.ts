/** Reads a git packfile (git-scm.com/docs/pack-format): objects, whole or as differences to others. */
import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { PermanentError } from "@/core/models/errors";

export interface GitObject {
  type: "commit" | "tree" | "blob" | "tag";
  data: Buffer;
}

const types: Readonly<Record<number, GitObject["type"]>> = { 1: "commit", 2: "tree", 3: "blob", 4: "tag" };
const OFFSET_DELTA = 6;
const REFERENCE_DELTA = 7;
/** Unpacked, all objects together: a pack of kilobytes could unpack to gigabytes. */
const MOST_BYTES = 128 * 1_024 * 1_024;

/** Objects by their hash. @throws PermanentError for a pack that is none, or unpacks to more than 128 MiB. */
export function readPack(pack: Buffer): Map<string, GitObject> {
  if (pack.subarray(0, 4).toString() !== "PACK" || pack.length < 12) throw broken("it does not begin as one");
  const count = pack.readUInt32BE(8);
  const byOffset = new Map<number, GitObject>();
  const byHash = new Map<string, GitObject>();
  let at = 12;
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const start = at;
    const { kind, size, next } = entryHead(pack, at);
    bytes += size;
    if (bytes > MOST_BYTES) throw broken("it unpacks to more than 128 MB");
    at = next;
    let base: GitObject | undefined;
    if (kind === OFFSET_DELTA) {
      const back = offsetOf(pack, at);
      base = byOffset.get(start - back.value);
      at = back.next;
    } else if (kind === REFERENCE_DELTA) {
      base = byHash.get(pack.subarray(at, at + 20).toString("hex"));
      at += 20;
    }
    const { data, used } = inflated(pack, at, size);
    at += used;
    const object = objectOf(kind, data, base);
    byOffset.set(start, object);
    byHash.set(hashOf(object), object);
  }
  return byHash;
}

function objectOf(kind: number, data: Buffer, base: GitObject | undefined): GitObject {
  const type = types[kind];
  if (type !== undefined) return { type, data };
  if (base === undefined) throw broken("an object builds on one that is not in it");
  const whole = applyDelta(base.data, data);
  if (whole.length > MOST_BYTES) throw broken("it unpacks to more than 128 MB");
  return { type: base.type, data: whole };
}

/** Kind in three bits, then the size: four bits, and seven more for each byte that says that another follows. */
function entryHead(pack: Buffer, start: number): { kind: number; size: number; next: number } {
  let byte = byteAt(pack, start);
  const kind = (byte >> 4) & 7;
  let size = byte & 15;
  let next = start + 1;
  for (let scale = 16; (byte & 128) !== 0; scale *= 128) {
    byte = byteAt(pack, next++);
    size += (byte & 127) * scale;
  }
  return { kind, size, next };
}

function offsetOf(pack: Buffer, start: number): { value: number; next: number } {
  let next = start;
  let byte = byteAt(pack, next++);
  let value = byte & 127;
  while ((byte & 128) !== 0) {
    byte = byteAt(pack, next++);
    value = (value + 1) * 128 + (byte & 127);
  }
  return { value, next };
}

function inflated(pack: Buffer, at: number, size: number): { data: Buffer; used: number } {
  try {
    const options = { info: true, maxOutputLength: size + 1 };
    // With `info`, Node gives the engine along, which knows how much of its input it took; the types do not say so.
    const result = inflateSync(pack.subarray(at), options) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (result.buffer.length !== size) throw broken("an object is not as long as it says");
    return { data: result.buffer, used: result.engine.bytesWritten };
  } catch (error) {
    if (error instanceof PermanentError) throw error;
    throw broken("an object cannot be unpacked", error);
  }
}

/** Copies pieces of the base and puts in new ones, as the difference says. */
function applyDelta(base: Buffer, delta: Buffer): Buffer {
  let at = 0;
  const sizes = [0, 0].map(() => {
    let size = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = byteAt(delta, at++);
      size += (byte & 127) * scale;
      if ((byte & 128) === 0) return size;
    }
  });
  if (sizes[0] !== base.length) throw broken("a difference builds on another object than it says");
  const parts: Buffer[] = [];
  while (at < delta.length) {
    const order = byteAt(delta, at++);
    if ((order & 128) === 0) {
      parts.push(delta.subarray(at, at + order));
      at += order;
      continue;
    }
    const field = (bits: readonly number[]) =>
      bits.reduce(
        (sum, bit, place) => ((order & bit) === 0 ? sum : sum + byteAt(delta, at++) * 256 ** place),
        0,
      );
    const from = field([1, 2, 4, 8]);
    const length = field([16, 32, 64]) || 65_536;
    parts.push(base.subarray(from, from + length));
  }
  const whole = Buffer.concat(parts);
  if (whole.length !== sizes[1]) throw broken("a difference does not give what it says");
  return whole;
}

export function hashOf({ type, data }: GitObject): string {
  return createHash("sha1").update(`${type} ${data.length}\0`).update(data).digest("hex");
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw broken("it ends too early");
  return byte;
}

function broken(why: string, cause?: unknown): PermanentError {
  return new PermanentError(`The wiki's git pack cannot be read: ${why}.`, { cause });
}
