/** The few forms of protobuf that an ONNX file needs: https://protobuf.dev/programming-guides/encoding/ */

/** One field of a message: a whole number, a text, bytes or a message within. */
export type Field = readonly [number: number, value: number | string | Uint8Array];

/** A message as bytes. */
export function message(...fields: readonly Field[]): Uint8Array {
  const bytes: number[] = [];
  for (const [number, value] of fields) {
    if (typeof value === "number") {
      bytes.push(...varint(number << 3), ...varint(value));
      continue;
    }
    const content = typeof value === "string" ? new TextEncoder().encode(value) : value;
    bytes.push(...varint((number << 3) | 2), ...varint(content.length), ...content);
  }
  return Uint8Array.from(bytes);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}
