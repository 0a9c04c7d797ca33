/** The records of a workbook of before 2007 (MS-XLS), and the texts that cells point to. */
import { viewOf } from "./data-view";

const CONTINUE = 0x3c;

export interface XlsRecord {
  type: number;
  data: DataView;
  /** What follows in `Continue` records, when a text is too long for one. */
  more: DataView[];
}

/** Walks the records from `start` on. A record that leads beyond the end ends the walk. */
export function* xlsRecords(stream: Uint8Array, start: number): Generator<XlsRecord> {
  const view = viewOf(stream);
  let record: XlsRecord | undefined;
  for (let at = start; at + 4 <= stream.length;) {
    const [type, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const end = Math.min(stream.length, at + 4 + length);
    const data = new DataView(stream.buffer, stream.byteOffset + at + 4, end - at - 4);
    at = end;
    if (type === CONTINUE && record !== undefined) {
      record.more.push(data);
      continue;
    }
    if (record !== undefined) yield record;
    record = { type, data, more: [] };
  }
  if (record !== undefined) yield record;
}

/** Reads through a record and what continues it. @throws RangeError beyond the end. */
export class RecordReader {
  #parts: DataView[];
  #part = 0;

  constructor(
    { data, more }: XlsRecord,
    private at = 0,
  ) {
    this.#parts = [data, ...more];
  }

  byte(): number {
    this.#toNext();
    const part = this.#parts[this.#part];
    if (part === undefined) throw new RangeError("The record ends early.");
    return part.getUint8(this.at++);
  }

  short(): number {
    return this.byte() | (this.byte() << 8);
  }

  long(): number {
    return (this.short() | (this.short() << 16)) >>> 0;
  }

  skip(bytes: number): void {
    for (let left = bytes; left > 0;) {
      this.#toNext();
      const part = this.#parts[this.#part];
      if (part === undefined) throw new RangeError("The record ends early.");
      const step = Math.min(left, part.byteLength - this.at);
      this.at += step;
      left -= step;
    }
  }

  /** A text with its own flags, after its length. Fonts and readings within it are passed over [2.5.293]. */
  text(length: number): string {
    const flags = this.byte();
    const runs = (flags & 8) === 0 ? 0 : this.short();
    const extra = (flags & 4) === 0 ? 0 : this.long();
    const text = this.#characters(length, (flags & 1) !== 0);
    this.skip(runs * 4 + extra);
    return text;
  }

  /** Where a text goes on in another record, it says again whether its characters have one byte or two. */
  #characters(length: number, isWide: boolean): string {
    let wide = isWide;
    const codes: number[] = [];
    while (codes.length < length) {
      if (this.#toNext()) wide = (this.byte() & 1) !== 0;
      codes.push(wide ? this.short() : this.byte());
    }
    let text = "";
    for (let at = 0; at < codes.length; at += 8_192)
      text += String.fromCharCode(...codes.slice(at, at + 8_192));
    return text;
  }

  /** True when what comes next stands in another record. */
  #toNext(): boolean {
    const before = this.#part;
    while (this.at >= (this.#parts[this.#part]?.byteLength ?? Infinity)) {
      this.#part++;
      this.at = 0;
    }
    return this.#part !== before;
  }
}
