import type { Db } from "@/core/models/database";
import { numbersOf, type Documents } from "./documents";
import type { Documents as TermDocuments } from "./fts5/doclist";
import { documentsOf } from "./fts5/term-documents";
import { emptyList, Found, type PostingList } from "./posting-list";

/** What FTS5's BM25 gives a term at most, before its rarity: k1 + 1, with k1 = 1.2 and b = 0.75. */
const mostImpact = 2.2;
const [k1, b] = [1.2, 0.75];
/** Steps in one whole impact. */
export const scale = 65_535 / mostImpact;
/** By what factor the mean size of documents may change before the impacts that were made by it are made anew. */
const mostChange = 1.25;
/** Postings that are kept, at six bytes each: 60 MB, and in large indexes 150 bytes a document. */
const defaultKept = { least: 10_000_000, aDocument: 25 };

/** A full text table, and what a word in each of its columns is worth. */
export interface TextTable {
  name: string;
  /** Weights as `bm25` takes them. */
  columns: string;
  /** The same as whole numbers, and which of them stands for 1. */
  worths: readonly number[];
  unit: number;
}

/**
 * Postings of terms, kept in memory. FTS5 works out BM25 in one or two microseconds a document; adding what is in memory
 * takes a nanosecond. So a term's list is read once, from the pages of the table, and BM25 is made of it here. Of what comes
 * in later FTS5 gives numbers at once and BM25 in between.
 */
export class Postings {
  /** With how many postings each counts among all that are kept. */
  private readonly lists = new Map<string, { list: PostingList; counted: number }>();
  private kept = 0;

  constructor(
    private readonly db: Db,
    private readonly table: TextTable,
    private readonly documents: Documents,
    private readonly mostKept = defaultKept,
  ) {}

  get name(): string {
    return this.table.name;
  }

  /** What is kept of a term, unless documents have become much longer or shorter since: it is then read anew. */
  known(term: string): PostingList | undefined {
    const list = this.lists.get(term)?.list;
    if (list === undefined || list.until === 0) return list;
    const change = list.mean / this.documents.meanSize;
    return change > mostChange || change < 1 / mostChange ? undefined : list;
  }

  /** How many documents of a term are still to be read, which is in so many. */
  missing(term: string, documents: number): number {
    return Math.max(0, documents - (this.known(term)?.places.length ?? 0));
  }

  /** Terms that were asked for last. */
  latest(most: number): string[] {
    return [...this.lists.keys()].slice(-most);
  }

  /** The same of several terms: those that are new here are looked up together. */
  async loadAll(terms: readonly string[]): Promise<PostingList[]> {
    const fresh = terms.filter((term) => (this.known(term)?.until ?? 0) === 0);
    if (fresh.length > 1) {
      const lists = fresh.map((term) => {
        const list = this.known(term) ?? emptyList();
        this.keep(term, list);
        return list;
      });
      await this.readWhole(fresh, lists, this.documents.last);
    }
    const loaded: PostingList[] = [];
    for (const term of terms) loaded.push(await this.load(term));
    return loaded;
  }

  /** A term's documents, up to the last there is. */
  async load(term: string): Promise<PostingList> {
    const list = this.known(term) ?? emptyList();
    // Whoever asks for it meanwhile is given the same.
    this.keep(term, list);
    const { last } = this.documents;
    if (list.until === 0) await this.readWhole([term], [list], last);
    else if (list.until < last) await this.readNew(term, list, last);
    this.keep(term, list);
    return list;
  }

  /** In how many documents a term is: those that are gone keep their places, and `there` has no byte for their artifacts. */
  held(list: PostingList, there: Uint8Array, version: string): number {
    if (list.held?.version === version) return list.held.documents;
    const nos = this.documents.nos.view;
    const { places } = list;
    let documents = 0;
    // By number: an iterator over a typed array costs several times as much.
    for (let at = 0; at < places.length; at++) documents += there[nos[places[at] ?? 0] ?? 0] ?? 0;
    list.held = { version, documents };
    return documents;
  }

  /** The list of a term that nobody may have written: an empty one is not kept, since there is no end of such terms. */
  async look(term: string): Promise<PostingList> {
    const list = await this.load(term);
    if (list.places.length === 0) this.forget(term);
    return list;
  }

  /** Makes at least `count` more impacts exact, or all that are left. `rarity` is what FTS5 takes the term's for. */
  async sharpen(term: string, list: PostingList, count: number, rarity: number): Promise<void> {
    const { places, exact: from } = list;
    const to = Math.min(places.length, from + count);
    if (from >= to) return;
    const { name, columns } = this.table;
    const { ids } = this.documents;
    const [row] = await this.db.raw.all(
      `SELECT group_concat(posting, ' ') AS numbers FROM
         (SELECT rowid || ' ' || max(0, min(65535, CAST(? * -bm25(${name}, ${columns}) AS INTEGER))) AS posting
          FROM ${name} WHERE ${name} MATCH ? AND rowid >= ? AND rowid <= ? ORDER BY rowid LIMIT -1 OFFSET 0)`,
      [scale / rarity, quoted(term), ids.at(places[from] ?? 0), ids.at(places[to - 1] ?? 0)],
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

  /** Reads all documents of terms that are new here. */
  private async readWhole(
    terms: readonly string[],
    lists: readonly PostingList[],
    until: number,
  ): Promise<void> {
    const { name, worths } = this.table;
    const read = await documentsOf(this.db, name, terms, worths);
    for (const [at, list] of lists.entries()) {
      const documents = read[at];
      // Another search may have read the same meanwhile.
      if (documents !== undefined && list.until === 0) this.takeWhole(list, documents, until);
    }
  }

  /** Makes a term's BM25 in each of the places that it has there. */
  private takeWhole(list: PostingList, read: TermDocuments, until: number): void {
    const { unit } = this.table;
    const { documents } = this;
    const known = documents.ids.view;
    const impactOf = this.impacts();
    const found = new Found(read.ids.length);
    let place = 0;
    for (let at = 0; at < read.ids.length; at++) {
      const id = read.ids[at] ?? 0;
      if (id > until) break;
      // Numbers mostly count on, here as there: looking is all there is to it.
      const likely = place + id - (known[place] ?? 0);
      place = known[likely] === id ? likely : documents.placeFrom(place, id);
      if (known[place] === id) found.add(place, impactOf(place, (read.worths[at] ?? 0) / unit));
    }
    found.giveTo(list);
    list.until = until;
    list.mean = documents.meanSize;
    list.exact = found.count;
  }

  /** Reads the documents that were added since, and supposes that the term stands in each of them once. */
  private async readNew(term: string, list: PostingList, until: number): Promise<void> {
    const from = list.until;
    const { name } = this.table;
    const [row] = await this.db.raw.all(
      `SELECT group_concat(rowid, ' ') AS numbers FROM
         (SELECT rowid FROM ${name} WHERE ${name} MATCH ? AND rowid > ? AND rowid <= ? ORDER BY rowid LIMIT -1 OFFSET 0)`,
      [quoted(term), from, until],
    );
    // Another search may have read the same meanwhile.
    if (list.until !== from) return;
    const ids = numbersOf(row);
    const found = new Found(list.places.length + ids.length, list);
    const impactOf = this.impacts();
    let place = this.documents.placeFrom(0, from + 1);
    for (const id of ids) {
      place = this.documents.placeFrom(place, id);
      if (this.documents.ids.at(place) === id) found.add(place, impactOf(place, 1));
    }
    found.giveTo(list);
    list.until = until;
  }

  /** BM25 without rarity of a term that is worth `count` in the document at `place`, in steps, as of now. */
  private impacts(): (place: number, count: number) => number {
    const sizes = this.documents.sizes.view;
    const { meanSize } = this.documents;
    return (place, count) => {
      const length = (sizes[place] ?? 0) / meanSize;
      return Math.round((scale * (k1 + 1) * count) / (count + k1 * (1 - b + b * length)));
    };
  }

  /** Remembers a list as the one used last, and forgets those not used for longest beyond what may be kept. */
  private keep(term: string, list: PostingList): void {
    const counted = list.places.length;
    this.forget(term);
    this.lists.set(term, { list, counted });
    this.kept += counted;
    // The words of a question are in more documents the more there are: as many questions' words are to be kept.
    const mostKept = Math.max(this.mostKept.least, this.mostKept.aDocument * this.documents.count);
    for (const old of this.lists.keys()) {
      if (this.kept <= mostKept || old === term) break;
      this.forget(old);
    }
  }

  private forget(term: string): void {
    this.kept -= this.lists.get(term)?.counted ?? 0;
    this.lists.delete(term);
  }
}

/** Quoted, so that nothing in it is an operator. */
function quoted(term: string): string {
  return `"${term.replaceAll('"', "")}"`;
}

/**
 * How rare a term is by FTS5's own formula, with its floor for words in more than half of the documents. The two numbers
 * may be of different times: a term is never in more than all.
 * Source: https://www.sqlite.org/fts5.html#the_bm25_function
 */
export function fts5Rarity(frequency: number, total: number): number {
  const documents = Math.min(frequency, total);
  return Math.max(1e-6, Math.log((total - documents + 0.5) / (documents + 0.5)));
}
