import type { Db, SqlValue } from "@/core/models/database";
import { unpackTerms, type TermList } from "@/core/services/index/terms";
import type { ChunkFacts } from "./text/chunk-facts";
import type { TextIndex } from "./text/text-index";

/** Everything that scoring a chunk needs. */
export interface Candidate extends ChunkFacts {
  rowId: number;
  stems: TermList;
  exact: TermList;
}

/** Loads chunks by their numbers; those that are gone by now are left out. */
export async function loadCandidates(
  db: Db,
  text: TextIndex,
  rowIds: readonly number[],
): Promise<Candidate[]> {
  const facts = await text.factsOf(rowIds);
  const rows = await db.raw.all(
    `SELECT t.rowId, t.stems, t.exact FROM json_each(?) j CROSS JOIN searchTerms t ON t.rowId = j.value`,
    [JSON.stringify(rowIds)],
  );
  const candidates: Candidate[] = [];
  for (const row of rows) {
    const rowId = Number(row["rowId"]);
    const known = facts.get(rowId);
    if (known !== undefined)
      candidates.push({ ...known, rowId, stems: termsOf(row["stems"]), exact: termsOf(row["exact"]) });
  }
  return candidates;
}

/** Title, heading and text of chunks, as one text each, by chunk number. */
export async function loadTexts(db: Db, chunks: readonly Candidate[]): Promise<Map<number, string>> {
  const titles = new Map(chunks.map(({ rowId, title }) => [rowId, title]));
  const rows = await db.raw.all(
    `SELECT k.rowId, ' ' || coalesce(k.heading, '') || ' ' || k.text AS text
     FROM json_each(?) j CROSS JOIN chunk k ON k.rowId = j.value`,
    [JSON.stringify([...titles.keys()])],
  );
  return new Map(
    rows.map((row) => {
      const rowId = Number(row["rowId"]);
      return [rowId, `${titles.get(rowId) ?? ""}${String(row["text"])}`];
    }),
  );
}

function termsOf(value: SqlValue | undefined): TermList {
  return unpackTerms(value instanceof Uint8Array ? value : new Uint8Array());
}
