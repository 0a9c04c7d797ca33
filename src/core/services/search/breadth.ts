import type { ScoredChunk } from "./score";

/**
 * How much of an artifact deals with the query: the word scores of its passages, each by its length, over the length of
 * the whole. Passages that were not found have no part in it. Of two calls with a passage that answers, the one that
 * was about the matter comes first.
 */
export function addBreadth(scored: readonly ScoredChunk[]): void {
  const sums = new Map<number, number>();
  for (const { candidate, raw } of scored) {
    const part = raw.words * candidate.stems.hashes.length;
    sums.set(candidate.no, (sums.get(candidate.no) ?? 0) + part);
  }
  for (const { candidate, raw } of scored) {
    const length = Math.max(candidate.artifactWords, candidate.stems.hashes.length, 1);
    raw.breadth = (sums.get(candidate.no) ?? 0) / length;
  }
}
