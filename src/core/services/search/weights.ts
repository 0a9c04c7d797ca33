import type { ArtifactKind } from "@/core/models/artifact";

/** Saturation and length normalisation of BM25. */
export interface LengthNorm {
  k1: number;
  b: number;
}

/** Everything about ranking that was set by experiment, in one place. */
export interface Weights {
  /** Part of each leg in the sum, over legs scaled to 0…1. */
  legs: Record<Leg, number>;
  norms: Record<ArtifactKind, LengthNorm>;
  /** How often a word in the title or heading counts, against once in the text. */
  title: number;
  heading: number;
  /** Saturation and length normalisation of the character leg. */
  grams: LengthNorm;
}

export const legNames = ["words", "exact", "pairs", "characters", "neighbours", "fields"] as const;
export type Leg = (typeof legNames)[number];

export const defaultWeights: Weights = {
  legs: { words: 0.5, exact: 0.15, pairs: 0.05, characters: 0.3, neighbours: 0.1, fields: 0.05 },
  norms: {
    document: { k1: 1.2, b: 0.75 },
    conversation: { k1: 1.2, b: 0.9 },
    transcript: { k1: 1.2, b: 0.75 },
    code: { k1: 1.2, b: 0.75 },
    table: { k1: 1.2, b: 0.75 },
    email: { k1: 1.2, b: 0.75 },
  },
  title: 2,
  heading: 1,
  grams: { k1: 1.2, b: 0.75 },
};
