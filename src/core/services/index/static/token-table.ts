import type { TextKind } from "../embedder";
import { WordPieces } from "./word-pieces";

/**
 * One row of bytes a word piece; a text is the mean of its pieces' rows. File: "STET", then in 32-bit little-endian
 * numbers rows, dimension and length of the vocabulary; the vocabulary; the rows, each byte its value plus 128.
 */
export class TokenTable {
  readonly dimension: number;
  private readonly pieces: WordPieces;
  /** Four bytes of a row in each number. */
  private readonly rows: Int32Array;
  /** Numbers in a row. */
  private readonly width: number;
  private readonly total: Float64Array;
  /** Starts of the rows that are not in `total` yet. */
  private readonly pending = new Int32Array(rowsATime);
  private waiting = 0;
  private count = 0;

  /** @throws Error when the file is not such a table, or not a whole one. */
  constructor(file: ArrayBuffer) {
    const bytes = new Uint8Array(file);
    const head = new DataView(file, 0, Math.min(headerBytes, file.byteLength));
    if (head.byteLength < headerBytes || String.fromCharCode(...bytes.subarray(0, 4)) !== "STET")
      throw new Error("The table of word vectors is not one: its first bytes differ.");
    const rows = head.getUint32(4, true);
    this.dimension = head.getUint32(8, true);
    const vocabulary = head.getUint32(12, true);
    const from = headerBytes + vocabulary;
    if (from % 4 !== 0 || this.dimension % 8 !== 0 || file.byteLength !== from + rows * this.dimension)
      throw new Error("The table of word vectors is not whole: install the program again.");
    this.pieces = new WordPieces(bytes.subarray(headerBytes, from), rows);
    this.rows = new Int32Array(file, from);
    this.width = this.dimension / 4;
    this.total = new Float64Array(this.dimension);
  }

  /**
   * The text's vector at length 1. A passage of which no piece is known points along the last axis but one, a question
   * of which too little is known along the last. No row has a part in these two, so such a text is as far from
   * everything else: it is found by its words alone. It is written into `vector`, all of whose numbers are 0.
   */
  embed(text: string, kind: TextKind, vector = new Float32Array(this.dimension)): Float32Array {
    this.total.fill(0);
    this.count = 0;
    this.pieces.each(text, this.add);
    this.flush();
    const isStrange = kind === "query" && this.pieces.familiarity < familiarEnough;
    if (isStrange || this.count === 0) return axis(vector, kind === "query" ? 1 : 2);
    let square = 0;
    for (let at = 0; at < vector.length; at++) {
      const value = (this.total[at] ?? 0) - 128 * this.count;
      vector[at] = value;
      square += value * value;
    }
    if (square === 0) return axis(vector, kind === "query" ? 1 : 2);
    for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / Math.sqrt(square);
    return vector;
  }

  /** Share of a text's longer words that the vocabulary has whole; 1 when it has no longer word with Latin letters. */
  familiarityOf(text: string): number {
    this.pieces.each(text, () => undefined);
    return this.pieces.familiarity;
  }

  private readonly add = (piece: number): void => {
    this.pending[this.waiting++] = piece * this.width;
    if (this.waiting === rowsATime) this.flush();
  };

  /** Adds the waiting rows to the total, eight bytes at a time and two sums of 16 bits to a number. */
  private flush(): void {
    const { rows, pending, waiting } = this;
    for (let at = 0; at < this.width; at += 2) {
      let even = 0;
      let odd = 0;
      let nextEven = 0;
      let nextOdd = 0;
      for (let index = 0; index < waiting; index++) {
        const from = (pending[index] ?? 0) + at;
        const four = rows[from] ?? 0;
        const next = rows[from + 1] ?? 0;
        even = (even + (four & 0x00ff00ff)) | 0;
        odd = (odd + ((four >>> 8) & 0x00ff00ff)) | 0;
        nextEven = (nextEven + (next & 0x00ff00ff)) | 0;
        nextOdd = (nextOdd + ((next >>> 8) & 0x00ff00ff)) | 0;
      }
      this.carry(4 * at, even, odd);
      this.carry(4 * at + 4, nextEven, nextOdd);
    }
    this.count += waiting;
    this.waiting = 0;
  }

  private carry(at: number, even: number, odd: number): void {
    const { total } = this;
    total[at] = (total[at] ?? 0) + (even & 0xffff);
    total[at + 1] = (total[at + 1] ?? 0) + (odd & 0xffff);
    total[at + 2] = (total[at + 2] ?? 0) + (even >>> 16);
    total[at + 3] = (total[at + 3] ?? 0) + (odd >>> 16);
  }
}

function axis(vector: Float32Array, fromEnd: number): Float32Array {
  vector[vector.length - fromEnd] = 1;
  return vector;
}

/** A question with fewer of its longer words in an English vocabulary is in another language. */
const familiarEnough = 0.5;
/** Sums of 16 bits hold 257 bytes. */
const rowsATime = 256;
const headerBytes = 16;
