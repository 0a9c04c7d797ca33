import type { SqlNow } from "@/core/models/database";
import { VarintReader } from "./varint";

/** A sorted run of terms that one or several transactions wrote: pages in `%_data`. */
export interface Segment {
  id: number;
  firstPage: number;
  lastPage: number;
}

/** Number of the row of `%_data` that lists the segments. */
const structureRow = 10;

/** Terms of the table itself begin with this, those of prefixes with other characters. */
export const mainIndex = "0";

const cookieBytes = 4;
/** What tells a record with more numbers of each segment, as tables without content that know of deletes have. */
const secondForm = [0xff, 0, 0, 1];

/**
 * The segments that a structure record lists.
 *
 * Source: https://www.sqlite.org/fts5.html#structure_record_format
 */
export function segmentsOf(record: Uint8Array): Segment[] {
  const isSecondForm = secondForm.every((byte, at) => record[cookieBytes + at] === byte);
  const reader = new VarintReader(record, cookieBytes + (isSecondForm ? secondForm.length : 0));
  const levels = reader.next();
  // How many segments there are, and how much was ever written.
  reader.next();
  reader.next();
  const segments: Segment[] = [];
  for (let level = 0; level < levels; level++) {
    reader.next();
    const count = reader.next();
    for (let one = 0; one < count; one++) {
      const segment = { id: reader.next(), firstPage: reader.next(), lastPage: reader.next() };
      // Without a first page all of it is in another by now, which a merge that is under way writes.
      if (segment.firstPage > 0) segments.push(segment);
      // First and last write in it, pages and entries of deletes, entries.
      if (isSecondForm) for (let number = 0; number < 5; number++) reader.next();
    }
  }
  return segments;
}

/** The segments of a full text table, as they are now. */
export function readSegments(all: SqlNow["all"], name: string): Segment[] {
  const [row] = all(`SELECT block FROM ${name}_data WHERE id = ${structureRow}`);
  return row?.["block"] instanceof Uint8Array ? segmentsOf(row["block"]) : [];
}

/** A page's row in `%_data` has the number of its segment so many times, and its own. */
export const pagesASegment = 2 ** 37;
