import type { LegTrace } from "@/core/models/search";
import { isExchange } from "./kinds-of-text";
import { legScales, type LegScores, type ScoredChunk } from "./score";
import { legNames, type Leg, type Weights } from "./weights";

/** One artifact with its best chunk. */
export interface RankedArtifact {
  best: ScoredChunk;
  score: number;
  contributions: LegScores;
}

/** Ranks artifacts by the weighted sum of their best chunk's legs, each scaled to 0…1 by the leg's best. */
export function fuse(scored: readonly ScoredChunk[], weights: Weights): RankedArtifact[] {
  const scales = legScales(scored);
  const scoreOf = scorer(scales, weights);
  const best = new Map<number, { best: ScoredChunk; score: number }>();
  for (const chunk of scored) {
    const score = scoreOf(chunk);
    const known = best.get(chunk.candidate.no);
    if (known === undefined || score > known.score) best.set(chunk.candidate.no, { best: chunk, score });
  }
  const ranked = [...best.values()].map((one) => ({
    ...one,
    contributions: contributionsOf(one.best, scales, weights),
  }));
  return ranked.sort((a, b) => b.score - a.score || a.best.candidate.no - b.best.candidate.no);
}

/** The chunks that are ahead by the legs scored so far. */
export function leaders(scored: readonly ScoredChunk[], weights: Weights, limit: number): ScoredChunk[] {
  if (scored.length <= limit) return [...scored];
  const scoreOf = scorer(legScales(scored), weights);
  return scored
    .map((chunk) => ({ chunk, score: scoreOf(chunk) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ chunk }) => chunk);
}

/** One row a leg, whose contributions sum to the score. Ranks are among all chunks that were looked at. */
export function explain(
  ranked: RankedArtifact,
  scored: readonly ScoredChunk[],
  weights: Weights,
): LegTrace[] {
  const scales = legScales(scored);
  return legNames.map((leg) => {
    const raw = ranked.best.raw[leg];
    return {
      leg,
      rank: raw > 0 ? 1 + scored.filter((other) => other.raw[leg] > raw).length : null,
      raw,
      normalised: scales[leg] > 0 ? raw / scales[leg] : 0,
      weight: weightOf(leg, ranked.best, weights),
      contribution: ranked.contributions[leg],
    };
  });
}

/** Sums what the legs contribute, of many chunks: what is the same for all of them is looked up once. */
function scorer(scales: LegScores, weights: Weights): (chunk: ScoredChunk) => number {
  const legs = legNames
    .filter((leg) => scales[leg] > 0)
    .map((leg) => ({ leg, scale: scales[leg], weight: weights.legs[leg] }));
  return (chunk) => {
    let score = 0;
    for (const { leg, scale, weight } of legs) {
      const own = leg === "neighbours" ? weightOf(leg, chunk, weights) : weight;
      score += own * (chunk.raw[leg] / scale);
    }
    return score;
  };
}

function contributionsOf(chunk: ScoredChunk, scales: LegScores, weights: Weights): LegScores {
  const contributions = { ...chunk.raw };
  for (const leg of legNames) {
    const normalised = scales[leg] > 0 ? chunk.raw[leg] / scales[leg] : 0;
    contributions[leg] = weightOf(leg, chunk, weights) * normalised;
  }
  return contributions;
}

/** A short message says less by itself, so what stands around it counts more; an exchange of several says most. */
function weightOf(leg: Leg, { candidate }: ScoredChunk, weights: Weights): number {
  if (leg !== "neighbours") return weights.legs[leg];
  const part = isExchange(candidate) ? weights.neighboursOfExchange : 1;
  const lessening = weights.neighbourWords / (candidate.artifactWords + weights.neighbourWords);
  return part * weights.legs.neighbours * lessening;
}
