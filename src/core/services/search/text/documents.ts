import type { Db, SqlRow } from "@/core/models/database";
import { VarintReader } from "./fts5/varint";
import { NumberList } from "./number-list";

/** Documents read in one statement. */
const documentsAPage = 20_000;

/**
 * Where documents of a full text table are listed: the table, and SQL for a document's number, its artifact's, its words
 * and its place in the artifact.
 */
export interface DocumentSource {
  /** FTS5's table of the documents, which knows how many words they have on average. */
  text: string;
  table: string;
  id: string;
  no: string;
  size: string;
  ordinal: string;
  /** Where FTS5 keeps the words in each column of a document, for `size` where nothing else has it. */
  sizes?: { table: string; columns: number };
}

/** Numbers kept of each document. */
export const columnsADocument = 4;

/**
 * The documents of a full text table in memory: a place for each, in order of their numbers, which are never given
 * twice, and the artifact it belongs to. What was deleted keeps its place: the mask of artifacts lets none of it through.
 */
export class Documents {
  ids = new NumberList();
  /** Artifact numbers by place. */
  nos = new NumberList();
  /** Words in each, by place. */
  sizes = new NumberList();
  ordinals = new NumberList();
  /** Words in a document on average. Those that are gone do not count, though they keep their places. */
  meanSize = 1;
  /** Largest artifact number. */
  largestNo = 0;

  constructor(
    private readonly db: Db,
    private readonly source: DocumentSource,
  ) {}

  get count(): number {
    return this.ids.length;
  }

  /** Number of the last document. */
  get last(): number {
    return this.ids.at(this.ids.length - 1);
  }

  /** All that is kept of them, by place, as long as nothing is added. */
  get columns(): readonly Uint32Array[] {
    return [this.ids, this.nos, this.sizes, this.ordinals].map(({ view }) => view);
  }

  /** Takes what `columns` gave in place of everything; they are its own from then on. */
  restore([ids, nos, sizes, ordinals]: readonly Uint32Array[]): void {
    this.ids = new NumberList(ids);
    this.nos = new NumberList(nos);
    this.sizes = new NumberList(sizes);
    this.ordinals = new NumberList(ordinals);
    this.largestNo = 0;
    // A loop by places: an iterator takes many times as long, and this runs once, at a start.
    const numbers = this.nos.view;
    for (let place = 0; place < this.count; place++)
      this.largestNo = Math.max(this.largestNo, numbers[place] ?? 0);
  }

  /** The last number that the table gave, and how many of the documents up to the last here it has. */
  async inTable(): Promise<{ newest: number; held: number }> {
    const { table, id } = this.source;
    // All, less the few that are new: SQLite counts a whole table without looking at its rows.
    const [row] = await this.db.raw.all(
      `SELECT (SELECT seq FROM sqlite_sequence WHERE name = ?) AS newest,
              (SELECT count(*) FROM ${table}) - (SELECT count(*) FROM ${table} WHERE ${id} > ?) AS held`,
      [table, this.last],
    );
    return { newest: Number(row?.["newest"] ?? 0), held: Number(row?.["held"] ?? 0) };
  }

  /** Those of these documents that the table has, as it has them. */
  async among(ids: readonly number[]): Promise<Documents> {
    const found = new Documents(this.db, this.source);
    await found.read("IN (SELECT value FROM json_each(?))", JSON.stringify(ids));
    return found;
  }

  /** Place of the first document, from the place `from` on, whose number is not below `id`. */
  placeFrom(from: number, id: number): number {
    // Numbers grow by one at least, so it is no farther off than its number.
    let low = from;
    let high = Math.min(this.count, from + Math.max(0, id - this.ids.at(from)));
    if (this.ids.at(high) === id) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ids.at(middle) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Place of a document; undefined when there is none with this number. */
  placeOf(id: number): number | undefined {
    const place = this.placeFrom(0, id);
    return this.ids.at(place) === id ? place : undefined;
  }

  /** Takes in what was added since. */
  async catchUp(): Promise<void> {
    while ((await this.read("> ?", this.last)) === documentsAPage);
    this.meanSize = await this.readMean();
  }

  /**
   * FTS5's own average: how many documents there are, then the words of all of them in each column.
   *
   * Source: https://www.sqlite.org/fts5.html#averages_record_format
   */
  private async readMean(): Promise<number> {
    const [row] = await this.db.raw.all(
      `SELECT hex(block) AS record FROM ${this.source.text}_data WHERE id = 1`,
    );
    const record = Buffer.from(String(row?.["record"] ?? ""), "hex");
    const reader = new VarintReader(record, 0);
    const documents = reader.next();
    let words = 0;
    while (reader.at < record.length) words += reader.next();
    return Math.max(1, words / Math.max(1, documents));
  }

  /** Takes in a page of those whose numbers are `which`; returns how many. */
  private async read(which: string, parameter: number | string): Promise<number> {
    const { table, id, no, size, ordinal, sizes } = this.source;
    // One text is read many times faster than a row object a number.
    const [row] = await this.db.raw.all(
      `SELECT group_concat(document, ' ') AS numbers, count(*) AS found FROM
         (SELECT ${id} || ' ' || ${no} || ' ' || ${size} || ' ' || ${ordinal} AS document FROM ${table}
          WHERE ${id} ${which} ORDER BY ${id} LIMIT ${documentsAPage})`,
      [parameter],
    );
    const from = this.count;
    this.take(numbersOf(row));
    if (sizes !== undefined && this.count > from) await this.readSizes(from, sizes, which, parameter);
    return Number(row?.["found"] ?? 0);
  }

  /**
   * Reads the sizes of documents from the place `from` on: a varint for each column.
   *
   * Source: https://www.sqlite.org/fts5.html#document_sizes_table
   */
  private async readSizes(
    from: number,
    { table, columns }: { table: string; columns: number },
    which: string,
    parameter: number | string,
  ): Promise<void> {
    const [row] = await this.db.raw.all(
      `SELECT group_concat(id, ' ') AS numbers, group_concat(hex(sz), '') AS sizes FROM ${table} WHERE id ${which} AND id <= ?`,
      [parameter, this.last],
    );
    const reader = new VarintReader(Buffer.from(String(row?.["sizes"] ?? ""), "hex"), 0);
    let place = from;
    for (const id of numbersOf(row)) {
      let words = 0;
      for (let column = 0; column < columns; column++) words += reader.next();
      place = this.placeFrom(place, id);
      if (this.ids.at(place) !== id) continue;
      this.sizes.set(place, words);
    }
  }

  private take(numbers: Uint32Array): void {
    for (let at = 0; at + columnsADocument <= numbers.length; at += columnsADocument) {
      const no = numbers[at + 1] ?? 0;
      this.ids.push(numbers[at] ?? 0);
      this.nos.push(no);
      this.sizes.push(numbers[at + 2] ?? 0);
      this.ordinals.push(numbers[at + 3] ?? 0);
      this.largestNo = Math.max(this.largestNo, no);
    }
  }
}

/** Whole numbers below 2³² of a row's `numbers`, which stand in it as text with spaces between. */
export function numbersOf(row: SqlRow | undefined): Uint32Array {
  const text = row?.["numbers"];
  if (typeof text !== "string") return new Uint32Array();
  // Counted first: of a common word there are a million, and a list that grows leaves its old selves behind.
  let count = 1;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < zero) count++;
  const numbers = new Uint32Array(count);
  let number = 0;
  let index = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero) number = number * 10 + code - zero;
    else {
      numbers[index++] = number;
      number = 0;
    }
  }
  return numbers;
}

const zero = 48;

/** The documents of both full text tables, before any was read: chunks, and artifacts with their short fields. */
export function emptyDocuments(db: Db): [chunks: Documents, artifacts: Documents] {
  const chunks = new Documents(db, {
    text: "searchText",
    table: "searchChunk",
    id: "rowId",
    no: "no",
    size: "words",
    ordinal: "ordinal",
  });
  const artifacts = new Documents(db, {
    text: "searchField",
    table: "searchArtifact",
    id: "no",
    no: "no",
    size: "0",
    ordinal: "0",
    sizes: { table: "searchField_docsize", columns: 5 },
  });
  return [chunks, artifacts];
}
