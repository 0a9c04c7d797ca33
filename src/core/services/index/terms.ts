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
  const all = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
  return { title: all[0] ?? 0, heading: all[1] ?? 0, hashes: all.subarray(2) };
}
