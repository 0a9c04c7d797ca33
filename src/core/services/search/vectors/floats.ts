import type { SqlValue } from "@/core/models/database";

/** A stored vector's numbers, or undefined when the value is no vector of this dimension. */
export function floatsOf(value: SqlValue | undefined, dimension: number): Float32Array | undefined {
  if (!(value instanceof Uint8Array) || value.byteLength !== dimension * 4) return undefined;
  // A view wants an address that four divides.
  if (value.byteOffset % 4 === 0) return new Float32Array(value.buffer, value.byteOffset, dimension);
  return new Float32Array(value.slice().buffer);
}
