import { bm25, idf, lookupOf, pairKey, pairScore, type ScoredTerm } from "./bm25";
import type { RatedTerm } from "./candidates";
import { GramQuery } from "./grams";
import type { Candidate } from "./load-candidates";
import { addNeighbours } from "./neighbours";
import type { ParsedQuery, QueryTerm } from "./query";
import type { IndexFigures } from "./statistics";
import { legNames, type Leg, type Weights } from "./weights";

/** Raw scores of one chunk, leg by leg. */
export type LegScores = Record<Leg, number>;

export interface ScoredChunk {
  candidate: Candidate;
  raw: LegScores;
}

export interface RatedQuery {
  parsed: ParsedQuery;
  terms: readonly (QueryTerm & RatedTerm)[];
}

export interface ScoringInput {
  query: RatedQuery;
  candidates: readonly Candidate[];
  figures: IndexFigures;
  /** Scores of short fields by artifact number. */
  fieldScores: ReadonlyMap<number, number>;
}

/** Scores every candidate on every leg. */
export function scoreCandidates(
  { query, candidates, figures, fieldScores }: ScoringInput,
  weights: Weights,
): ScoredChunk[] {
  const scorers = scorersOf(query, figures, weights);
  const scored = candidates.map((candidate) => {
    const raw: LegScores = {
      words: scorers.words(candidate),
      exact: scorers.exact(candidate),
      pairs: scorers.pairs(candidate),
      characters: scorers.characters(candidate),
      neighbours: 0,
      fields: fieldScores.get(candidate.no) ?? 0,
    };
    return { candidate, raw };
  });
  addNeighbours(scored);
  return scored;
}

type Scorer = (candidate: Candidate) => number;

export function scorersOf(
  { parsed, terms }: RatedQuery,
  figures: IndexFigures,
  weights: Weights,
): Record<"words" | "exact" | "pairs" | "characters", Scorer> {
  const rarity = new Map(terms.map((term) => [term.stemHash, idf(figures.chunks, term.frequency)]));
  const stems: ScoredTerm[] = terms.map((term) => ({
    hashes: [term.stemHash],
    weight: (rarity.get(term.stemHash) ?? 0) * term.count,
  }));
  const exact = terms.map((term, index) => ({
    hashes: term.exactHashes,
    weight: stems[index]?.weight ?? 0,
  }));
  const pairWeights = new Map(
    parsed.pairs.map(([first, second]) => [
      pairKey(first, second),
      Math.min(rarity.get(first) ?? 0, rarity.get(second) ?? 0),
    ]),
  );
  const stemLookup = lookupOf(stems);
  const exactLookup = lookupOf(exact);
  const stemHashes = new Set(stemLookup.keys());
  const grams = new GramQuery(parsed.text.slice(0, 2_000), figures.grams);
  const norm = (candidate: Candidate) => weights.norms[candidate.kind];
  const mean = (candidate: Candidate) => figures.averageLength[candidate.kind];
  return {
    words: (it) => bm25(it.stems, stemLookup, stems, norm(it), mean(it), weights),
    exact: (it) => bm25(it.exact, exactLookup, exact, norm(it), mean(it), weights),
    pairs: (it) => pairScore(it.stems, pairWeights, stemHashes),
    characters: (it) =>
      grams.score(`${it.title} ${it.heading ?? ""} ${it.text}`, weights.grams.k1, weights.grams.b),
  };
}

/** Largest raw score of each leg: what scores are scaled by. */
export function legMaxima(scored: readonly ScoredChunk[]): LegScores {
  const maxima: LegScores = { words: 0, exact: 0, pairs: 0, characters: 0, neighbours: 0, fields: 0 };
  for (const { raw } of scored) for (const leg of legNames) maxima[leg] = Math.max(maxima[leg], raw[leg]);
  return maxima;
}
