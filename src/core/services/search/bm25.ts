import type { TermList } from "@/core/services/index/terms";
import type { LengthNorm, Weights } from "./weights";

/** Robertson's inverse document frequency, never negative. */
export function idf(documents: number, documentFrequency: number): number {
  const frequency = Math.min(documentFrequency, documents);
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/** One term that chunks are scored by. */
export interface ScoredTerm {
  hashes: readonly number[];
  /** Inverse document frequency times how often the query says it. */
  weight: number;
}

/** BM25 of one chunk: words in title and heading count as often as `weights` says. */
export function bm25(
  list: TermList,
  lookup: ReadonlyMap<number, number>,
  terms: readonly ScoredTerm[],
  norm: LengthNorm,
  averageLength: number,
  weights: Pick<Weights, "title" | "heading">,
): number {
  const frequencies = countTerms(list, lookup, terms.length, weights);
  const length = list.hashes.length;
  const damping = norm.k1 * (1 - norm.b + (norm.b * length) / averageLength);
  let score = 0;
  for (let index = 0; index < terms.length; index++) {
    const frequency = frequencies[index] ?? 0;
    if (frequency === 0) continue;
    score += ((terms[index]?.weight ?? 0) * frequency * (norm.k1 + 1)) / (frequency + damping);
  }
  return score;
}

/** Index of each term by hash, for `bm25`. */
export function lookupOf(terms: readonly ScoredTerm[]): Map<number, number> {
  return new Map(terms.flatMap((term, index) => term.hashes.map((hash) => [hash, index] as const)));
}

function countTerms(
  list: TermList,
  lookup: ReadonlyMap<number, number>,
  count: number,
  weights: Pick<Weights, "title" | "heading">,
): Float64Array {
  const frequencies = new Float64Array(count);
  const { hashes, title, heading } = list;
  for (let at = 0; at < hashes.length; at++) {
    const term = lookup.get(hashes[at] ?? 0);
    if (term === undefined) continue;
    const worth = at < title ? weights.title : at < title + heading ? weights.heading : 1;
    frequencies[term] = (frequencies[term] ?? 0) + worth;
  }
  return frequencies;
}

/** Weight of the query's neighbouring pairs that stand next to each other, or one word apart, in the chunk. */
export function pairScore(
  list: TermList,
  pairs: ReadonlyMap<number, number>,
  termHashes: ReadonlySet<number>,
): number {
  if (pairs.size === 0) return 0;
  const found = new Set<number>();
  let score = 0;
  let previous = 0;
  let previousAt = -10;
  const { hashes } = list;
  for (let at = 0; at < hashes.length; at++) {
    const hash = hashes[at] ?? 0;
    if (!termHashes.has(hash)) continue;
    if (at - previousAt <= 3) {
      const key = pairKey(previous, hash);
      const weight = pairs.get(key);
      if (weight !== undefined && !found.has(key)) {
        found.add(key);
        score += weight;
      }
    }
    previous = hash;
    previousAt = at;
  }
  return score;
}

/** One number for two stems in order. */
export function pairKey(first: number, second: number): number {
  return Math.imul(first, 31) ^ second;
}
