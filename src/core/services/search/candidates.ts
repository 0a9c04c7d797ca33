import type { Db } from "@/core/models/database";
import type { Filter } from "./filters";

/** A stem with how many chunks it occurs in. */
export interface StemFrequency {
  stem: string;
  frequency: number;
}

/** A chunk that may answer the query, and the artifact it belongs to. */
export interface CandidateRow {
  rowId: number;
  no: number;
}

/** Postings looked at before rescoring: a share of the index, at least a number that costs a few milliseconds. */
const budgetShare = 0.1;
const budgetLeast = 5_000;

/**
 * The rarest terms whose postings together stay within the budget; at least one. The top of a full disjunction is the
 * same in 99 of 100 places, and common words cost most of the time.
 */
export function termsWithinBudget(terms: readonly StemFrequency[], chunks: number): StemFrequency[] {
  const budget = Math.max(budgetLeast, budgetShare * chunks);
  const byRarity = terms.filter((term) => term.frequency > 0).sort((a, b) => a.frequency - b.frequency);
  let spent = 0;
  return byRarity.filter((term, index) => {
    spent += term.frequency;
    return index === 0 || spent <= budget;
  });
}

/** The best `limit` chunks by FTS5's own ranking that pass the filter. */
export async function findChunks(
  db: Db,
  stems: readonly string[],
  filter: Filter,
  limit: number,
): Promise<CandidateRow[]> {
  if (stems.length === 0) return [];
  const rows = await db.raw.all(
    `SELECT f.rowid AS rowId, c.no AS no
     FROM searchText f CROSS JOIN searchChunk c ON c.rowId = f.rowid CROSS JOIN searchArtifact a ON a.no = c.no
     WHERE f.searchText MATCH ? AND ${filter.sql}
     ORDER BY bm25(searchText, 2.0, 1.0, 1.0) LIMIT ?`,
    [matchAny(stems), ...filter.parameters, limit],
  );
  return rows.map((row) => ({ rowId: Number(row["rowId"]), no: Number(row["no"]) }));
}

/** The best artifacts by their short fields, with FTS5's score (larger is better). */
export async function findFields(
  db: Db,
  stems: readonly string[],
  filter: Filter,
  limit: number,
): Promise<Map<number, number>> {
  if (stems.length === 0) return new Map();
  const rows = await db.raw.all(
    `SELECT f.rowid AS no, bm25(searchField, 2.0, 1.0, 1.5, 1.0, 1.0) AS score
     FROM searchField f CROSS JOIN searchArtifact a ON a.no = f.rowid
     WHERE f.searchField MATCH ? AND ${filter.sql}
     ORDER BY score LIMIT ?`,
    [matchAny(stems), ...filter.parameters, limit],
  );
  return new Map(rows.map((row) => [Number(row["no"]), -Number(row["score"])]));
}

/** Every term quoted, so that nothing in it is an operator. */
function matchAny(stems: readonly string[]): string {
  return stems.map((stem) => `"${stem.replaceAll('"', "")}"`).join(" OR ");
}
