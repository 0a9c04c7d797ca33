import type { Db } from "@/core/models/database";
import { findChunks, findFields, termsWithinBudget, type CandidateRow } from "./candidates";
import type { Filter } from "./filters";
import { loadCandidates, type Candidate } from "./load-candidates";
import type { ParsedQuery } from "./query";
import type { RatedQuery } from "./score";
import type { IndexFigures, IndexStatistics } from "./statistics";

/** Chunks taken from full text for rescoring, at least. */
const leastCandidates = 200;
const candidatesAHit = 8;
/** Distinct terms of a query that are used: the rarest. */
const mostTerms = 64;

/** Everything that scoring one query needs. */
export interface Gathered {
  query: RatedQuery;
  candidates: Candidate[];
  figures: IndexFigures;
  /** Scores of short fields by artifact number. */
  fieldScores: Map<number, number>;
}

/** Finds the chunks that may answer a query, with what is needed to score them. */
export async function gather(
  db: Db,
  parsed: ParsedQuery,
  filter: Filter,
  limit: number,
  statistics: IndexStatistics,
): Promise<Gathered> {
  const figures = await statistics.current();
  const query = await rate(parsed, statistics, figures.chunks);
  const stems = termsWithinBudget(query.terms, figures.chunks).map((term) => term.stem);
  const all = query.terms.map((term) => term.stem);
  const fieldScores = await findFields(db, stems, filter, Math.max(100, 2 * limit));
  const rows = await chunksFor(db, stems, all, filter, limit);
  const firstChunks = await firstChunksOf(db, [...fieldScores.keys()].slice(0, 20), rows);
  const candidates = await loadCandidates(db, [...rows.map((row) => row.rowId), ...firstChunks]);
  return { query, candidates, figures, fieldScores };
}

async function rate(parsed: ParsedQuery, statistics: IndexStatistics, chunks: number): Promise<RatedQuery> {
  const frequencies = await statistics.documentFrequencies(
    parsed.terms.map((term) => term.stem),
    chunks,
  );
  const terms = parsed.terms
    .map((term, index) => ({ ...term, frequency: frequencies[index] ?? 0 }))
    .filter((term) => term.frequency > 0)
    .sort((a, b) => a.frequency - b.frequency)
    .slice(0, mostTerms);
  return { parsed, terms };
}

/** Takes more terms, then more chunks, until there are artifacts enough or nothing more matches. */
async function chunksFor(
  db: Db,
  rare: readonly string[],
  all: readonly string[],
  filter: Filter,
  limit: number,
): Promise<CandidateRow[]> {
  let take = Math.max(leastCandidates, limit * candidatesAHit);
  let stems = rare;
  for (;;) {
    const rows = await findChunks(db, stems, filter, take);
    const artifacts = new Set(rows.map((row) => row.no)).size;
    if (rows.length === take && artifacts < limit) take *= 5;
    else if (rows.length < leastCandidates && stems.length < all.length) stems = all;
    else return rows;
  }
}

/** First chunks of artifacts that only their short fields found. */
async function firstChunksOf(
  db: Db,
  found: readonly number[],
  rows: readonly CandidateRow[],
): Promise<number[]> {
  const known = new Set(rows.map((row) => row.no));
  const missing = found.filter((no) => !known.has(no));
  if (missing.length === 0) return [];
  const first = await db.raw.all(
    `SELECT c.rowId FROM json_each(?) j CROSS JOIN searchChunk c ON c.no = j.value AND c.ordinal = 0`,
    [JSON.stringify(missing)],
  );
  return first.map((row) => Number(row["rowId"]));
}
