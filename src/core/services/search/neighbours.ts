import type { ScoredChunk } from "./score";

/**
 * What was said around a message: where each message or part of a call is an artifact of its own, it is found by its
 * neighbours' words as well. Neighbours are the artifacts whose ids count on from its own in the same container.
 */
export function addNeighbours(scored: readonly ScoredChunk[]): void {
  for (const sequence of sequencesOf(scored)) {
    for (let index = 0; index < sequence.length; index++) {
      const own = sequence[index];
      if (own !== undefined) own.chunk.raw.neighbours = around(sequence, index);
    }
  }
}

interface Placed {
  chunk: ScoredChunk;
  position: number;
}

const steps = [-2, -1, 1, 2] as const;

/** Word scores of the two chunks before and after, by nearness. Gaps of skipped numbers are allowed, to a degree. */
function around(sequence: readonly Placed[], index: number): number {
  const own = sequence[index];
  if (own === undefined) return 0;
  let sum = 0;
  for (const step of steps) {
    const other = sequence[index + step];
    if (other === undefined || other.chunk.candidate.no === own.chunk.candidate.no) continue;
    if (Math.abs(other.position - own.position) <= 2 * Math.abs(step)) {
      sum += other.chunk.raw.words / Math.abs(step);
    }
  }
  return sum;
}

/** Chunks of conversations and transcripts by container, in order. */
function sequencesOf(scored: readonly ScoredChunk[]): Placed[][] {
  const byContainer = new Map<string, Placed[]>();
  for (const chunk of scored) {
    const { kind, source, container, position } = chunk.candidate;
    if ((kind !== "conversation" && kind !== "transcript") || container === null || position === null)
      continue;
    const key = `${source}\n${container}`;
    const list = byContainer.get(key) ?? [];
    byContainer.set(key, list);
    list.push({ chunk, position });
  }
  const sequences = [...byContainer.values()].filter((list) => list.length > 1);
  for (const list of sequences) {
    list.sort((a, b) => a.position - b.position || a.chunk.candidate.ordinal - b.chunk.candidate.ordinal);
  }
  return sequences;
}
