const SNIFFED = 8_192;
const MOST_CONTROLS = 0.1;

/** How the first 8 kB look, by bytes: enough to tell text from anything else without decoding it. */
export interface Sniff {
  nuls: number;
  /** Control bytes that text does not use, NUL among them. */
  controls: number;
  length: number;
}

/** Looks at the beginning of a file of which the name does not tell what it is. */
export function sniff(bytes: Uint8Array): Sniff {
  const head = bytes.subarray(0, SNIFFED);
  let nuls = 0;
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) nuls++;
    // Tab, line feed, form feed, carriage return, backspace, and escape (ISO-2022 and coloured logs) belong to text.
    if (byte === 0x7f || (byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b)) controls++;
  }
  return { nuls, controls, length: head.length };
}

/** True when a file of an unknown kind is not text: NUL bytes, or more than a tenth control characters. */
export function looksBinary(bytes: Uint8Array): boolean {
  const { nuls, controls, length } = sniff(bytes);
  return nuls > 0 || controls > length * MOST_CONTROLS;
}

/** True when even a file with a text extension is not text: more than a tenth control characters. */
export function surelyBinary(bytes: Uint8Array): boolean {
  const { controls, length } = sniff(bytes);
  return controls > length * MOST_CONTROLS;
}
