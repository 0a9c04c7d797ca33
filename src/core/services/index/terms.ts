import { type Term, termsIn } from "./analyse";

/** Hashes of a chunk's words in order, as stored: lengths of title and heading, then title, heading and text. */
export interface TermList {
  title: number;
  heading: number;
  hashes: Uint32Array;
}

/** Analysed parts of one chunk: what the index is written from. */
export interface AnalysedChunk {
  title: readonly Term[];
  heading: readonly Term[];
  body: readonly Term[];
}

/** Analyses a chunk's own parts; the title's terms are handed in, since all chunks of an artifact share them. */
export function analyseChunk(title: readonly Term[], heading: string | null, text: string): AnalysedChunk {
  return { title, heading: heading === null ? [] : termsIn(heading), body: termsIn(text) };
}

/** Packs one form of a chunk's words for storage. */
export function packTerms(chunk: AnalysedChunk, form: "stem" | "exact"): Uint8Array {
  const count = 2 + chunk.title.length + chunk.heading.length + chunk.body.length;
  const bytes = new Uint8Array(new ArrayBuffer(4 * count));
  const packed = new Uint32Array(bytes.buffer);
  packed[0] = chunk.title.length;
  packed[1] = chunk.heading.length;
  let at = 2;
  for (const terms of [chunk.title, chunk.heading, chunk.body]) {
    for (const { stemHash, exactHash } of terms) packed[at++] = form === "stem" ? stemHash : exactHash;
  }
  return bytes;
}

/** Reads what `packTerms` wrote. */
export function unpackTerms(stored: Uint8Array): TermList {
  const aligned = stored.byteOffset % 4 === 0 ? stored : stored.slice();
  const { buffer, byteOffset, byteLength } = aligned;
  if (byteLength < headBytes) return { title: 0, heading: 0, hashes: new Uint32Array() };
  // Hundreds are read a query: one view each, and none for the two lengths.
  const hashes = new Uint32Array(buffer, byteOffset + headBytes, (byteLength - headBytes) >> 2);
  return { title: lengthAt(aligned, 0), heading: lengthAt(aligned, 4), hashes };
}

/** Lengths of title and heading, four bytes each. */
const headBytes = 8;

function lengthAt(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}
