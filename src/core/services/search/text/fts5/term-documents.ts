import type { Db, SqlNow } from "@/core/models/database";
import { DoclistReader, type Documents } from "./doclist";
import { Leaf, type Stretch } from "./leaf";
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
 * The documents of each of these terms, read from the pages of a full text table: a fifth of what FTS5's own tables take
 * (see docs/research/speed.md). Documents that were removed may be among them.
 *
 * @param columns what a place in each of the table's columns is worth.
 */
export function documentsOf(
  db: Db,
  name: string,
  terms: readonly string[],
  columns: readonly number[],
): Promise<Documents[]> {
  const keys = keysOf(terms);
  return db.raw.snapshot((all) => {
    const table = { all, name, columns, segments: readSegments(all, name) };
    const parts = terms.map((): Documents[] => []);
    for (const segment of table.segments)
      for (const start of startsIn(table, segment, keys)) {
        const { documents } = readList(table, start);
        if (documents.ids.length > 0) parts[start.at]?.push(documents);
      }
    return parts.map(joined);
  });
}

const keysOf = (terms: readonly string[]) => terms.map((term) => new TextEncoder().encode(mainIndex + term));

/** Pages of a list by which its length is told. */
const pagesTold = 4;

/**
 * In about how many documents each of these terms is, by how long its lists are: those that end on their first pages are
 * counted, of longer ones the first pages tell how many documents a page has. Documents that were removed count as well.
 */
export function aboutHowMany(db: Db, name: string, terms: readonly string[]): Promise<number[]> {
  const keys = keysOf(terms);
  return db.raw.snapshot((all) => {
    const table = { all, name, columns: [], segments: readSegments(all, name) };
    const found = terms.map(() => 0);
    for (const segment of table.segments) {
      for (const start of startsIn(table, segment, keys))
        found[start.at] = (found[start.at] ?? 0) + aboutInSegment(table, segment, start);
    }
    return found;
  });
}

function aboutInSegment(table: Table, segment: Segment, start: Start): number {
  const { documents, isWhole } = readList(table, start, pagesTold);
  const read = documents.ids.length;
  if (isWhole) return read;
  const [next] = table.all(
    `SELECT pgno / 2 AS page FROM ${table.name}_idx WHERE segid = ? AND term > ? ORDER BY term LIMIT 1`,
    [segment.id, start.key],
  );
  const page = start.row - segment.id * pagesASegment;
  const further = (next === undefined ? segment.lastPage : Number(next["page"])) - page;
  // Of its first page and of its last it has half, on the average.
  return Math.round((read * further) / (pagesTold - 0.5));
}

/** Where a term's list begins in a segment. */
interface Start {
  /** The term, and which one of those asked for. */
  key: Uint8Array;
  at: number;
  /** The number of its page among the rows of pages, and that of the segment's last. */
  row: number;
  lastRow: number;
  leaf: Leaf;
  stretch: Stretch;
}

/** Where the lists begin of those of the terms that a segment has. */
function startsIn({ all, name }: Table, segment: Segment, keys: readonly Uint8Array[]): Start[] {
  const { id, firstPage, lastPage } = segment;
  // An offset of the index is twice a page's number, and one more where something else is so.
  const pages = all(
    `SELECT max(?, coalesce((SELECT pgno / 2 FROM ${name}_idx WHERE segid = ? AND term <= unhex(j.value)
       ORDER BY term DESC LIMIT 1), 0)) AS page FROM json_each(?) j ORDER BY j.key`,
    [firstPage, id, JSON.stringify(keys.map((key) => Buffer.from(key).toString("hex")))],
  ).map(({ page }) => id * pagesASegment + Number(page));
  const leaves = leavesOf(all, name, [...new Set(pages)]);
  return keys.flatMap((key, at) => {
    const row = pages[at] ?? 0;
    const leaf = leaves.get(row);
    const stretch = leaf?.find(key);
    if (leaf === undefined || stretch === undefined) return [];
    return [{ key, at, row, lastRow: id * pagesASegment + lastPage, leaf, stretch }];
  });
}

/** Pages by their numbers. */
function leavesOf(all: SqlNow["all"], name: string, rows: readonly number[]): Map<number, Leaf> {
  const found = all(`SELECT d.id, d.block FROM json_each(?) j CROSS JOIN ${name}_data d ON d.id = j.value`, [
    JSON.stringify(rows),
  ]);
  return new Map(
    found.flatMap(({ id, block }) => (block instanceof Uint8Array ? [[Number(id), new Leaf(block)]] : [])),
  );
}

/** A term's list in one segment, or what of it stands on its first `most` pages. */
function readList(
  { all, name, columns }: Table,
  { row, lastRow, leaf: first, stretch }: Start,
  most = Infinity,
): { documents: Documents; isWhole: boolean } {
  const list = new DoclistReader(columns);
  list.read(first.bytes, stretch.from, stretch.to, stretch.from);
  let { isLast } = stretch;
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
