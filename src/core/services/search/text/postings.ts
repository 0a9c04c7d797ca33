import type { Db } from "@/core/models/database";
import { numbersOf, type Documents } from "./documents";

/** What FTS5's BM25 gives a term at most, before its rarity: k1 + 1, with k1 = 1.2 and b = 0.75. */
const mostImpact = 2.2;
const [k1, b] = [1.2, 0.75];
/** Steps in one whole impact. */
export const scale = 65_535 / mostImpact;
/** Postings that are kept, at six bytes each: some 60 MB. */
const mostKept = 10_000_000;

/** A full text table, and what a word in each of its columns is worth. */
export interface TextTable {
  name: string;
  /** Weights as `bm25` takes them. */
  columns: string;
}

/** The documents of one term, by place, with what it gives each of them. */
export interface PostingList {
  places: Uint32Array;
  /** Impact of the term in each: BM25 without rarity, in steps of 2.2 / 65,535. */
  impacts: Uint16Array;
  /** Documents up to this one are in it. */
  until: number;
  /** How many of the impacts, from the first on, are FTS5's own. The others suppose that the term stands there once. */
  exact: number;
}

/**
 * Postings of terms as read from FTS5, kept in memory. FTS5 gives a document's number in a fifth of a microsecond and
 * its BM25 in one or two; adding what is in memory takes a nanosecond. So common words are dear once, and even then
 * need not be: their numbers are read at once and their BM25 in between.
 */
export class Postings {
  private readonly lists = new Map<string, PostingList>();
  private kept = 0;

  constructor(
    private readonly db: Db,
    private readonly table: TextTable,
    private readonly documents: Documents,
  ) {}

  get name(): string {
    return this.table.name;
  }

  /** What is kept of a term, however old. */
  known(term: string): PostingList | undefined {
    return this.lists.get(term);
  }

  /** A term's documents, up to the last there is. */
  async load(term: string): Promise<PostingList> {
    const list = this.lists.get(term) ?? {
      places: new Uint32Array(),
      impacts: new Uint16Array(),
      until: 0,
      exact: 0,
    };
    const { last } = this.documents;
    if (list.until < last) await this.readPlaces(term, list, last);
    this.keep(term, list);
    return list;
  }

  /** Makes at least `count` more impacts exact, or all that are left. `total` are all documents of the table. */
  async sharpen(term: string, list: PostingList, count: number, total: number): Promise<void> {
    const { places, exact: from } = list;
    const to = Math.min(places.length, from + count);
    if (from >= to) return;
    const { name, columns } = this.table;
    const { ids } = this.documents;
    const [row] = await this.db.raw.all(
      `SELECT group_concat(posting, ' ') AS numbers FROM
         (SELECT rowid || ' ' || max(0, min(65535, CAST(? * -bm25(${name}, ${columns}) AS INTEGER))) AS posting
          FROM ${name} WHERE ${name} MATCH ? AND rowid >= ? AND rowid <= ? ORDER BY rowid LIMIT -1 OFFSET 0)`,
      [
        scale / fts5Rarity(places.length, total),
        quoted(term),
        ids.at(places[from] ?? 0),
        ids.at(places[to - 1] ?? 0),
      ],
    );
    const numbers = numbersOf(row);
    // It may have grown meanwhile, at its end.
    const { impacts } = list;
    let at = 0;
    for (let index = from; index < to; index++) {
      const id = ids.at(places[index] ?? 0);
      while (at < numbers.length && (numbers[at] ?? 0) < id) at += 2;
      if (numbers[at] === id) impacts[index] = numbers[at + 1] ?? 0;
    }
    list.exact = Math.max(list.exact, to);
  }

  private async readPlaces(term: string, list: PostingList, until: number): Promise<void> {
    const from = list.until;
    const { name } = this.table;
    const [row] = await this.db.raw.all(
      `SELECT group_concat(rowid, ' ') AS numbers FROM
         (SELECT rowid FROM ${name} WHERE ${name} MATCH ? AND rowid > ? AND rowid <= ? ORDER BY rowid LIMIT -1 OFFSET 0)`,
      [quoted(term), from, until],
    );
    // Another search may have read the same meanwhile.
    if (list.until !== from) return;
    const ids = this.documents.ids.view;
    const sizes = this.documents.sizes.view;
    const mean = this.documents.meanSize;
    const found = numbersOf(row);
    const places = new Uint32Array(list.places.length + found.length);
    const impacts = new Uint16Array(places.length);
    places.set(list.places);
    impacts.set(list.impacts);
    let count = list.places.length;
    let place = this.documents.placeAfter(from);
    for (const id of found) {
      while (place < ids.length && (ids[place] ?? 0) < id) place++;
      if (ids[place] !== id) continue;
      places[count] = place;
      const length = (sizes[place] ?? 0) / mean;
      impacts[count++] = Math.round((scale * (k1 + 1)) / (1 + k1 * (1 - b + b * length)));
    }
    this.kept += count - list.places.length;
    list.places = places.subarray(0, count);
    list.impacts = impacts.subarray(0, count);
    list.until = until;
  }

  /** Remembers a list as the one used last, and forgets those not used for longest beyond what may be kept. */
  private keep(term: string, list: PostingList): void {
    this.lists.delete(term);
    this.lists.set(term, list);
    for (const [old, { places }] of this.lists) {
      if (this.kept <= mostKept || old === term) break;
      this.lists.delete(old);
      this.kept -= places.length;
    }
  }
}

/** Quoted, so that nothing in it is an operator. */
function quoted(term: string): string {
  return `"${term.replaceAll('"', "")}"`;
}

/**
 * How rare a term is by FTS5's own formula, with its floor for words in more than half of the documents.
 * Source: https://www.sqlite.org/fts5.html#the_bm25_function
 */
export function fts5Rarity(frequency: number, total: number): number {
  return Math.max(1e-6, Math.log((total - frequency + 0.5) / (frequency + 0.5)));
}
