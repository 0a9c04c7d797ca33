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
  table: string;
  id: string;
  no: string;
  size: string;
  ordinal: string;
  /** Where FTS5 keeps the words in each column of a document, for `size` where nothing else has it. */
  sizes?: { table: string; columns: number };
}

/** Numbers read of each document. */
const numbersADocument = 4;

/**
 * The documents of a full text table in memory: a place for each, in order of their numbers, which are never given
 * twice, and the artifact it belongs to. What was deleted keeps its place: the mask of artifacts lets none of it through.
 */
export class Documents {
  readonly ids = new NumberList();
  /** Artifact numbers by place. */
  readonly nos = new NumberList();
  /** Words in each, by place. */
  readonly sizes = new NumberList();
  readonly ordinals = new NumberList();
  private words = 0;
  /** Largest artifact number. */
  largestNo = 0;

  constructor(
    private readonly db: Db,
    private readonly source: DocumentSource,
  ) {}

  get count(): number {
    return this.ids.length;
  }

  /** Words in a document on average. */
  get meanSize(): number {
    return Math.max(1, this.words / Math.max(1, this.count));
  }

  /** Number of the last document. */
  get last(): number {
    return this.ids.at(this.ids.length - 1);
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
    const { table, id, no, size, ordinal, sizes } = this.source;
    for (;;) {
      // One text is read many times faster than a row object a number.
      const rows = await this.db.raw.all(
        `SELECT group_concat(document, ' ') AS numbers, count(*) AS found FROM
           (SELECT ${id} || ' ' || ${no} || ' ' || ${size} || ' ' || ${ordinal} AS document FROM ${table}
            WHERE ${id} > ? ORDER BY ${id} LIMIT ${documentsAPage})`,
        [this.last],
      );
      const [row] = rows;
      const from = this.count;
      this.take(numbersOf(row));
      if (sizes !== undefined) await this.readSizes(from, sizes);
      if (Number(row?.["found"] ?? 0) < documentsAPage) return;
    }
  }

  /**
   * Reads the sizes of documents from the place `from` on: a varint for each column.
   *
   * Source: https://www.sqlite.org/fts5.html#document_sizes_table
   */
  private async readSizes(
    from: number,
    { table, columns }: { table: string; columns: number },
  ): Promise<void> {
    if (from === this.count) return;
    const [row] = await this.db.raw.all(
      `SELECT group_concat(id, ' ') AS numbers, group_concat(hex(sz), '') AS sizes FROM ${table} WHERE id >= ? AND id <= ?`,
      [this.ids.at(from), this.last],
    );
    const reader = new VarintReader(Buffer.from(String(row?.["sizes"] ?? ""), "hex"), 0);
    let place = from;
    for (const id of numbersOf(row)) {
      let words = 0;
      for (let column = 0; column < columns; column++) words += reader.next();
      place = this.placeFrom(place, id);
      if (this.ids.at(place) !== id) continue;
      this.sizes.set(place, words);
      this.words += words;
    }
  }

  private take(numbers: Uint32Array): void {
    for (let at = 0; at + numbersADocument <= numbers.length; at += numbersADocument) {
      const no = numbers[at + 1] ?? 0;
      this.ids.push(numbers[at] ?? 0);
      this.nos.push(no);
      this.sizes.push(numbers[at + 2] ?? 0);
      this.ordinals.push(numbers[at + 3] ?? 0);
      this.words += numbers[at + 2] ?? 0;
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
