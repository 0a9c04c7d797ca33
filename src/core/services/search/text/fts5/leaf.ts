import { VarintReader } from "./varint";

const headBytes = 4;

/** A stretch of a page that belongs to one term, and whether the term's list ends there. */
export interface Stretch {
  from: number;
  to: number;
  isLast: boolean;
}

/**
 * A page of a segment: terms in order, each with the list of its documents, of which the first may go on from the page
 * before and the last on the page after.
 *
 * Source: https://www.sqlite.org/fts5.html#segment_b_tree_format and what follows there.
 */
export class Leaf {
  /** Where its data ends: the offsets of its terms follow, each less the one before. */
  private readonly end: number;

  constructor(readonly bytes: Uint8Array) {
    this.end = wordAt(bytes, 2);
  }

  /** Where the first document's number stands that begins here in a list from the page before: it is stored in full. */
  get firstNumber(): number {
    return wordAt(this.bytes, 0);
  }

  /** What goes on from the page before. */
  get rest(): Stretch {
    const offsets = new VarintReader(this.bytes, this.end);
    const isLast = offsets.at < this.bytes.length;
    return { from: headBytes, to: isLast ? offsets.next() : this.end, isLast };
  }

  /**
   * The terms that begin on this page, in order, from the first on that does not come before `from`. Each is given in bytes
   * that the next one overwrites.
   */
  *terms(from: Uint8Array): Generator<Uint8Array> {
    const { bytes } = this;
    const offsets = new VarintReader(bytes, this.end);
    const reader = new VarintReader(bytes, 0);
    const term = new Uint8Array(bytes.length);
    for (let offset = 0, isFirst = true; offsets.at < bytes.length; isFirst = false) {
      offset += offsets.next();
      reader.at = offset;
      const shared = isFirst ? 0 : reader.next();
      const length = reader.next();
      term.set(bytes.subarray(reader.at, reader.at + length), shared);
      const whole = term.subarray(0, shared + length);
      if (Buffer.compare(whole, from) >= 0) yield whole;
    }
  }

  /** Where the list of a term begins; undefined where the term is not. */
  find(term: Uint8Array): Stretch | undefined {
    const { bytes } = this;
    const offsets = new VarintReader(bytes, this.end);
    const reader = new VarintReader(bytes, 0);
    // How many bytes of `term` the one before begins with.
    let alike = 0;
    for (let offset = 0, isFirst = true; offsets.at < bytes.length; isFirst = false) {
      offset += offsets.next();
      reader.at = offset;
      const shared = isFirst ? 0 : reader.next();
      const length = reader.next();
      // Terms are in order: one that shares more with the one before than `term` does comes before it as well.
      if (shared > alike) continue;
      // And one that shares less comes after it.
      if (shared < alike) return undefined;
      while (alike < term.length && alike < shared + length) {
        if (bytes[reader.at + alike - shared] !== term[alike]) break;
        alike++;
      }
      if (alike < term.length || shared + length > alike) continue;
      const isLast = offsets.at < bytes.length;
      return { from: reader.at + length, to: isLast ? offset + offsets.next() : this.end, isLast };
    }
    return undefined;
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
