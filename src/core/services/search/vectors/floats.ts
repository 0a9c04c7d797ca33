import type { SqlValue } from "@/core/models/database";

/** A stored vector's numbers, or undefined when the value is no vector of this dimension. */
export function floatsOf(value: SqlValue | undefined, dimension: number): Float32Array | undefined {
  if (!(value instanceof Uint8Array) || value.byteLength !== dimension * 4) return undefined;
  // A view wants an address that four divides.
  if (value.byteOffset % 4 === 0) return new Float32Array(value.buffer, value.byteOffset, dimension);
  return new Float32Array(value.slice().buffer);
}

/** Reads stored vectors one after the other into the same memory: a view of each blob costs more than copying it. */
export class FloatReader {
  private readonly floats: Float32Array;
  private readonly bytes: Uint8Array;

  constructor(dimension: number) {
    this.floats = new Float32Array(dimension);
    this.bytes = new Uint8Array(this.floats.buffer);
  }

  /** The numbers, true until the next call; undefined when the value is no vector of this dimension. */
  read(value: SqlValue | undefined): Float32Array | undefined {
    if (!(value instanceof Uint8Array) || value.byteLength !== this.bytes.byteLength) return undefined;
    this.bytes.set(value);
    return this.floats;
  }
}
