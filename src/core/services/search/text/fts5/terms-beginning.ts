import type { Db, SqlNow } from "@/core/models/database";
import { Leaf } from "./leaf";
import { mainIndex, pagesASegment, readSegments, type Segment } from "./segments";

/** Pages that are read in a statement. */
const pagesAtOnce = 32;
const decoder = new TextDecoder();

/**
 * The first `most` terms of a full text table that begin with `start`, in order. FTS5's own table of terms walks through
 * all places of each; here only the pages are read on which a term begins. A term whose documents are all removed may be
 * among them.
 */
export function termsBeginning(db: Db, name: string, start: string, most: number): Promise<string[]> {
  const key = new TextEncoder().encode(mainIndex + start);
  return db.raw.snapshot((all) => {
    const found = new Set<string>();
    for (const segment of readSegments(all, name)) {
      for (const term of termsIn({ all, name, segment }, key, most)) found.add(term);
    }
    // In the order of their bytes, as they stand in each segment.
    return [...found].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).slice(0, most);
  });
}

interface Part {
  all: SqlNow["all"];
  name: string;
  segment: Segment;
}

/** Those of one segment. */
function termsIn(part: Part, key: Uint8Array, most: number): string[] {
  const terms: string[] = [];
  for (const page of pagesOf(part, key)) {
    for (const term of new Leaf(page).terms(key)) {
      if (terms.length === most || !beginsWith(term, key)) return terms;
      terms.push(decoder.decode(term.subarray(mainIndex.length)));
    }
  }
  return terms;
}

/** The pages on which such terms may begin, in order: each is only read when it is asked for, with some that follow. */
function* pagesOf({ all, name, segment }: Part, key: Uint8Array): Generator<Uint8Array> {
  const { id, firstPage } = segment;
  const first = `max(?, coalesce((SELECT pgno / 2 FROM ${name}_idx WHERE segid = ? AND term <= ? ORDER BY term DESC LIMIT 1), 0))`;
  const after = Buffer.concat([key, Buffer.from([0xff])]);
  const wanted = all(
    `SELECT ${first} AS page UNION ALL
     SELECT * FROM (SELECT pgno / 2 FROM ${name}_idx WHERE segid = ? AND term > ? AND term < ? ORDER BY term)`,
    [firstPage, id, key, id, key, after],
  ).map(({ page }) => id * pagesASegment + Number(page));
  for (let at = 0; at < wanted.length; at += pagesAtOnce) {
    const rows = all(
      `SELECT d.block FROM json_each(?) j CROSS JOIN ${name}_data d ON d.id = j.value ORDER BY d.id`,
      [JSON.stringify(wanted.slice(at, at + pagesAtOnce))],
    );
    for (const { block } of rows) if (block instanceof Uint8Array) yield block;
  }
}

function beginsWith(term: Uint8Array, start: Uint8Array): boolean {
  return Buffer.compare(term.subarray(0, start.length), start) === 0;
}
