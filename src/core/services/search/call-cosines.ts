import type { ScoredChunk } from "./score";

/** How much of a transcript passage's cosine comes from the others of the same call that were found. */
const partOfCall = 0.5;

/**
 * A call of an hour has dozens of passages, and one of them lies near any question by chance. So half of what a passage
 * of a transcript has in meaning is what its call has: the mean over its passages that were found.
 */
export function levelCallCosines(scored: readonly ScoredChunk[]): void {
  const calls = new Map<number, { sum: number; count: number }>();
  const ofCalls = scored.filter(({ candidate }) => candidate.kind === "transcript");
  for (const { candidate, raw } of ofCalls) {
    const known = calls.get(candidate.no) ?? { sum: 0, count: 0 };
    calls.set(candidate.no, { sum: known.sum + raw.vector, count: known.count + 1 });
  }
  for (const { candidate, raw } of ofCalls) {
    const { sum, count } = calls.get(candidate.no) ?? { sum: raw.vector, count: 1 };
    raw.vector += partOfCall * (sum / count - raw.vector);
  }
}
