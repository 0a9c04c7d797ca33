/** Documents of a term, in order, and how much the places are worth that it has in each. */
export interface Documents {
  ids: Uint32Array;
  worths: Uint32Array;
}

const leastCapacity = 256;
/** By what factor it grows. */
const growth = 4;
/** A place of this value says that the next number is a column's. */
const columnMark = 1;

/**
 * Reads the list of a term's documents, page by page: each document's number less the one before, the size of its places
 * in bytes, and the places. `columns` are what a place in each column is worth. Places go on from page to page, but a
 * document's number and size stand together, and no number is cut.
 *
 * Source: https://www.sqlite.org/fts5.html#doclist_format and what follows there.
 */
export class DoclistReader {
  private ids = new Uint32Array(leastCapacity);
  private worths = new Uint32Array(leastCapacity);
  private count = 0;
  private id = 0;
  /** Bytes of the last document's places that are still to come. */
  private left = 0;
  private worth = 0;
  private isColumn = false;

  constructor(private readonly columns: readonly number[]) {}

  /** Reads a page's part; at `full` a document's number stands that is not less the one before. */
  read(bytes: Uint8Array, from: number, to: number, full: number): void {
    let at = Math.min(to, from + this.left);
    if (this.left > 0) this.readPlaces(bytes, from, at);
    while (at < to) {
      const start = at;
      let number = 0;
      let byte = 128;
      while (byte >= 128) {
        byte = bytes[at++] ?? 0;
        number = number * 128 + (byte & 127);
      }
      let size = 0;
      for (byte = 128; byte >= 128;) {
        byte = bytes[at++] ?? 0;
        size = size * 128 + (byte & 127);
      }
      this.begin(start === full ? number : this.id + number, size);
      const end = Math.min(to, at + this.left);
      this.readPlaces(bytes, at, end);
      at = end;
    }
  }

  /** What was read, as long as nothing more is. */
  get documents(): Documents {
    return { ids: this.ids.subarray(0, this.count), worths: this.worths.subarray(0, this.count) };
  }

  /** The lowest bit of the size says that a document was removed: it has no places. */
  private begin(id: number, size: number): void {
    this.id = id;
    this.left = size >>> 1;
    this.isColumn = false;
    this.worth = this.columns[0] ?? 0;
    if ((size & 1) === 1) return;
    if (this.count === this.ids.length) this.grow();
    this.ids[this.count++] = id;
  }

  /** Places are only counted: where they are does not matter. */
  private readPlaces(bytes: Uint8Array, from: number, to: number): void {
    this.left -= to - from;
    let { worth, isColumn } = this;
    let sum = 0;
    let start = from;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 128) continue;
      if (isColumn) {
        worth = this.columns[byte] ?? 0;
        isColumn = false;
      } else if (byte === columnMark && start === at) isColumn = true;
      else sum += worth;
      start = at + 1;
    }
    this.worth = worth;
    this.isColumn = isColumn;
    const last = this.count - 1;
    this.worths[last] = (this.worths[last] ?? 0) + sum;
  }

  private grow(): void {
    const [ids, worths] = [this.ids, this.worths];
    this.ids = new Uint32Array(growth * ids.length);
    this.worths = new Uint32Array(growth * ids.length);
    this.ids.set(ids);
    this.worths.set(worths);
  }
}
