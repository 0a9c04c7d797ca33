import type { LegTrace } from "@/core/models/search";
import { isExchange } from "./kinds-of-text";
import { legScales, type LegScores, type ScoredChunk } from "./score";
import { legNames, type Leg, type Weights } from "./weights";

/** One artifact with its best chunk. */
export interface RankedArtifact {
  best: ScoredChunk;
  score: number;
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
  return [...best.values()].sort((a, b) => b.score - a.score || a.best.candidate.no - b.best.candidate.no);
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
    const normalised = scales[leg] > 0 ? raw / scales[leg] : 0;
    const weight = weightOf(leg, ranked.best, weights);
    return {
      leg,
      rank: raw > 0 ? 1 + scored.filter((other) => other.raw[leg] > raw).length : null,
      raw,
      normalised,
      weight,
      contribution: weight * normalised,
    };
  });
}

/** Sums what the legs contribute, of many chunks. Written out for the reason that `legScales` is. */
function scorer(scales: LegScores, weights: Weights): (chunk: ScoredChunk) => number {
  const { legs } = weights;
  const part = (score: number, scale: number) => (scale > 0 ? score / scale : 0);
  return (chunk) => {
    const { raw } = chunk;
    const neighbours = raw.neighbours === 0 ? 0 : weightOf("neighbours", chunk, weights);
    const beside = raw.beside === 0 ? 0 : weightOf("beside", chunk, weights);
    const speaker = raw.speaker === 0 ? 0 : weightOf("speaker", chunk, weights);
    return (
      legs.words * part(raw.words, scales.words) +
      legs.exact * part(raw.exact, scales.exact) +
      legs.pairs * part(raw.pairs, scales.pairs) +
      legs.window * part(raw.window, scales.window) +
      legs.time * part(raw.time, scales.time) +
      legs.title * raw.title +
      legs.numbers * part(raw.numbers, scales.numbers) +
      legs.breadth * part(raw.breadth, scales.breadth) +
      legs.characters * part(raw.characters, scales.characters) +
      speaker * part(raw.speaker, scales.speaker) +
      neighbours * part(raw.neighbours, scales.neighbours) +
      beside * part(raw.beside, scales.beside) +
      legs.fields * part(raw.fields, scales.fields) +
      legs.length * part(raw.length, scales.length) +
      legs.vector * part(raw.vector, scales.vector) +
      legs.keyPointVector * part(raw.keyPointVector, scales.keyPointVector) +
      legs.questionVector * part(raw.questionVector, scales.questionVector) +
      legs.reranker * part(raw.reranker, scales.reranker)
    );
  };
}

/**
 * A short message says less by itself, so what stands around it counts more; an exchange of several says most. Who spoke
 * tells most of a message as well: in an exchange everybody speaks, and in an hour's call of everything.
 */
function weightOf(leg: Leg, { candidate }: ScoredChunk, weights: Weights): number {
  const { artifactWords } = candidate;
  // A passage of a call wants what stands beside it as much as a message does; a whole session speaks for itself.
  if (leg === "beside") return weights.legs.beside / (1 + (artifactWords / weights.besideWords) ** 4);
  if (leg !== "neighbours" && leg !== "speaker") return weights.legs[leg];
  const ofExchange = leg === "speaker" ? weights.speakerOfExchange : weights.neighboursOfExchange;
  const part = isExchange(candidate) ? ofExchange : 1;
  const lessening = weights.neighbourWords / (artifactWords + weights.neighbourWords);
  return part * weights.legs[leg] * lessening;
}
