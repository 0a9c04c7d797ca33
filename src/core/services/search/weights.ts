import type { ArtifactKind } from "@/core/models/artifact";

/** Saturation and length normalisation of BM25. */
export interface LengthNorm {
  k1: number;
  b: number;
}

/** Everything about ranking that was set by experiment, in one place. */
export interface Weights {
  /** Part of each leg in the sum, over legs scaled by their best. */
  legs: Record<Leg, number>;
  norms: Record<ArtifactKind, LengthNorm>;
  /** Saturation and length normalisation of the character leg. */
  grams: LengthNorm;
  /** How often a word in the title or heading counts, against once in the text. */
  title: number;
  heading: number;
  /** Words of a chunk at which its neighbours' part has fallen to half. */
  neighbourWords: number;
}

/**
 * words: stems by BM25. exact: words as written. pairs: words that stand next to each other in the query and the chunk.
 * characters: 3- to 5-grams. neighbours: what was said before and after. fields: title, key points, questions,
 * entities, author. length: what a long message loses, since one of its many passages always matches something.
 */
export const legNames = ["words", "exact", "pairs", "characters", "neighbours", "fields", "length"] as const;
export type Leg = (typeof legNames)[number];

/**
 * Set by coordinate ascent on mean nDCG@10 over 16 runs on 15 collections at once (meetings, chats, threads,
 * documentation, abstracts, passages in three languages), about 130 queries each, one setting for all. Around the
 * optimum the mean is flat: halving or doubling any weight below moves it by at most .007.
 *
 * What leaving a leg out costs on the mean: characters .009, neighbours .003, exact .004, pairs .004, fields .002,
 * length .002. A vector leg over hashed words was measured at weights .05 to .2: it gained on long messages and lost on
 * abstracts and short texts, so it has no part in the sum.
 */
export const defaultWeights: Weights = {
  legs: {
    words: 0.4,
    exact: 0.12,
    pairs: 0.07,
    characters: 0.35,
    neighbours: 0.3,
    fields: 0.05,
    length: -0.03,
  },
  norms: {
    document: { k1: 1.2, b: 0.75 },
    conversation: { k1: 0.9, b: 0.75 },
    transcript: { k1: 0.9, b: 0.4 },
    code: { k1: 1.2, b: 0.75 },
    table: { k1: 1.2, b: 0.75 },
    email: { k1: 1.2, b: 0.75 },
  },
  grams: { k1: 1.2, b: 0.75 },
  title: 2,
  heading: 1,
  neighbourWords: 400,
};
