import type { Db, SqlValue } from "@/core/models/database";
import { unpackTerms, type TermList } from "@/core/services/index/terms";
import { KeptValues } from "@/lib/kept-values";

/** A chunk's words in both forms, in text order. */
export interface ChunkTerms {
  stems: TermList;
  exact: TermList;
}

/** Bytes of words and of texts that are kept: a hundred questions' or so, of hundreds of chunks each. */
const mostTermBytes = 24 * 1024 ** 2;
const mostTextBytes = 12 * 1024 ** 2;
/** What holds a value beside its own bytes, about. */
const bytesBeside = 300;

/**
 * What scoring reads of chunks, by their numbers: finding a row takes as long as scoring it, and questions after one
 * another meet many of the same ones. No number is given twice and no row is changed, so what was read stays true; a
 * chunk that is gone since is never served, since the mask of artifacts lets none of its artifact's through.
 */
export class ChunkRows {
  private readonly terms = new KeptValues<ChunkTerms>(mostTermBytes);
  private readonly texts = new KeptValues<string>(mostTextBytes);

  constructor(private readonly db: Db) {}

  /** Words of chunks by number; those that are gone, or never were, are left out. */
  async termsOf(rowIds: readonly number[]): Promise<ReadonlyMap<number, ChunkTerms>> {
    const { found, unknown } = among(this.terms, rowIds);
    if (unknown.length === 0) return found;
    const rows = await this.db.raw.all(
      `SELECT t.rowId, t.stems, t.exact FROM json_each(?) j CROSS JOIN searchTerms t ON t.rowId = j.value`,
      [JSON.stringify(unknown)],
    );
    for (const row of rows) {
      const rowId = Number(row["rowId"]);
      const terms = { stems: termsIn(row["stems"]), exact: termsIn(row["exact"]) };
      found.set(rowId, terms);
      const { stems, exact } = terms;
      this.terms.keep(rowId, terms, bytesBeside + stems.hashes.byteLength + exact.hashes.byteLength);
    }
    return found;
  }

  /** Heading and text of chunks as one text, after the title that each is given with, by number. */
  async textsOf(titles: ReadonlyMap<number, string>): Promise<ReadonlyMap<number, string>> {
    const { found, unknown } = among(this.texts, [...titles.keys()]);
    if (unknown.length === 0) return found;
    const rows = await this.db.raw.all(
      `SELECT k.rowId, ' ' || coalesce(k.heading, '') || ' ' || k.text AS text
       FROM json_each(?) j CROSS JOIN chunk k ON k.rowId = j.value`,
      [JSON.stringify(unknown)],
    );
    for (const row of rows) {
      const rowId = Number(row["rowId"]);
      const text = `${titles.get(rowId) ?? ""}${String(row["text"])}`;
      found.set(rowId, text);
      this.texts.keep(rowId, text, bytesBeside + text.length);
    }
    return found;
  }
}

function among<Value>(kept: KeptValues<Value>, rowIds: readonly number[]) {
  const found = new Map<number, Value>();
  const unknown: number[] = [];
  for (const rowId of rowIds) {
    const value = kept.get(rowId);
    if (value === undefined) unknown.push(rowId);
    else found.set(rowId, value);
  }
  return { found, unknown };
}

function termsIn(value: SqlValue | undefined): TermList {
  return unpackTerms(value instanceof Uint8Array ? value : new Uint8Array());
}
