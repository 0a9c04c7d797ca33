import type { Db, SqlNow } from "@/core/models/database";
import { DoclistReader, type Documents } from "./doclist";
import { Leaf } from "./leaf";
import { mainIndex, pagesASegment, readSegments, type Segment } from "./segments";

/** Pages of some 4 kB read in a statement: so many after the first page, then more each time, and at most. */
const [fewPages, growth, mostPages] = [8, 4, 256];

interface Table {
  all: SqlNow["all"];
  name: string;
  /** What a place in each column is worth. */
  columns: readonly number[];
  segments: readonly Segment[];
}

/**
 * The documents of a term, read from the pages of a full text table: a fifth of what FTS5's own tables take (see
 * docs/research/speed.md). Documents that were removed may be among them.
 *
 * @param columns what a place in each of the table's columns is worth.
 */
export function documentsOf(
  db: Db,
  name: string,
  term: string,
  columns: readonly number[],
): Promise<Documents> {
  const key = new TextEncoder().encode(mainIndex + term);
  return db.raw.snapshot((all) => {
    const table = { all, name, columns, segments: readSegments(all, name) };
    const parts = startsOf(table, key).map((start) => readList(table, start, key).documents);
    return joined(parts.filter(({ ids }) => ids.length > 0));
  });
}

/** Pages of a list by which its length is told. */
const pagesTold = 4;

/**
 * In about how many documents each of these terms is, by how long its lists are: those that end on their first pages are
 * counted, of longer ones the first pages tell how many documents a page has. Documents that were removed count as well.
 */
export function aboutHowMany(db: Db, name: string, terms: readonly string[]): Promise<number[]> {
  return db.raw.snapshot((all) => {
    const table = { all, name, columns: [], segments: readSegments(all, name) };
    return terms.map((term) => {
      const key = new TextEncoder().encode(mainIndex + term);
      const parts = startsOf(table, key).map((start) => aboutInSegment(table, start, key));
      return parts.reduce((sum, documents) => sum + documents, 0);
    });
  });
}

function aboutInSegment(table: Table, start: Start, key: Uint8Array): number {
  const { documents, isWhole } = readList(table, start, key, pagesTold);
  const read = documents.ids.length;
  if (isWhole) return read;
  const [next] = table.all(
    `SELECT pgno / 2 AS page FROM ${table.name}_idx WHERE segid = ? AND term > ? ORDER BY term LIMIT 1`,
    [Math.floor(start.row / pagesASegment), key],
  );
  const page = start.row % pagesASegment;
  const further = next === undefined ? start.lastRow - start.row : Number(next["page"]) - page;
  // Of its first page and of its last it has half, on the average.
  return Math.round((read * further) / (pagesTold - 0.5));
}

/** The page of a segment on which a term stands if the segment has it. */
interface Start {
  /** Its number among the rows of pages, and the number of the segment's last. */
  row: number;
  lastRow: number;
  block: Uint8Array;
}

function startsOf({ all, name, segments }: Table, key: Uint8Array): Start[] {
  // An offset of the index is twice a page's number, and one more where something else is so.
  const rows = all(
    `SELECT j.key AS at, d.id, d.block FROM json_each(?) j CROSS JOIN ${name}_data d ON d.id =
       (j.value ->> 0) * ${pagesASegment} + max(j.value ->> 1, coalesce((SELECT pgno / 2 FROM ${name}_idx
          WHERE segid = j.value ->> 0 AND term <= ? ORDER BY term DESC LIMIT 1), 0))`,
    [JSON.stringify(segments.map(({ id, firstPage }) => [id, firstPage])), key],
  );
  return rows.flatMap(({ at, id, block }) => {
    const segment = segments[Number(at)];
    if (segment === undefined || !(block instanceof Uint8Array)) return [];
    return [{ row: Number(id), lastRow: segment.id * pagesASegment + segment.lastPage, block }];
  });
}

/** A term's list in one segment, or what of it stands on its first `most` pages. */
function readList(
  { all, name, columns }: Table,
  { row, lastRow, block }: Start,
  key: Uint8Array,
  most = Infinity,
): { documents: Documents; isWhole: boolean } {
  const list = new DoclistReader(columns);
  const begins = new Leaf(block).find(key);
  if (begins === undefined) return { documents: list.documents, isWhole: true };
  list.read(block, begins.from, begins.to, begins.from);
  let { isLast } = begins;
  let next = row + 1;
  const end = Math.min(lastRow, row + most - 1);
  for (let count = fewPages; !isLast && next <= end; count = Math.min(mostPages, count * growth)) {
    const until = Math.min(end, next + count - 1);
    const pages = all(`SELECT block FROM ${name}_data WHERE id BETWEEN ? AND ? ORDER BY id`, [next, until]);
    for (const page of pages) {
      if (isLast || !(page["block"] instanceof Uint8Array)) break;
      const leaf = new Leaf(page["block"]);
      const { from, to, isLast: ends } = leaf.rest;
      list.read(leaf.bytes, from, to, leaf.firstNumber);
      isLast = ends;
    }
    next = until + 1;
  }
  return { documents: list.documents, isWhole: isLast || next > lastRow };
}

/** Documents of several segments as one list, in order. */
function joined(parts: Documents[]): Documents {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  parts.sort((a, b) => (a.ids[0] ?? 0) - (b.ids[0] ?? 0));
  const length = parts.reduce((sum, { ids }) => sum + ids.length, 0);
  const all = { ids: new Uint32Array(length), worths: new Uint32Array(length) };
  let at = 0;
  for (const { ids, worths } of parts) {
    all.ids.set(ids, at);
    all.worths.set(worths, at);
    at += ids.length;
  }
  return isRising(all.ids) ? all : sorted(all);
}

function isRising(ids: Uint32Array): boolean {
  for (let at = 1; at < ids.length; at++) if ((ids[at] ?? 0) <= (ids[at - 1] ?? 0)) return false;
  return true;
}

/** In order of their numbers, each once. */
function sorted({ ids, worths }: Documents): Documents {
  const known = new Map<number, number>();
  for (const [at, id] of ids.entries()) known.set(id, worths[at] ?? 0);
  const order = Uint32Array.from(known.keys()).sort();
  return { ids: order, worths: order.map((id) => known.get(id) ?? 0) };
}
