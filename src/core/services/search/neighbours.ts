import type { ScoredChunk } from "./score";

/**
 * What stands around a chunk of a conversation or transcript: a message is found by what was said before and after it.
 * Neighbours are chunks of the same artifact, or, where every message is an artifact of its own, the next in sequence.
 */
export function addNeighbours(scored: readonly ScoredChunk[]): void {
  for (const sequence of sequences(scored)) {
    for (let index = 0; index < sequence.length; index++) {
      const own = sequence[index];
      if (own === undefined) continue;
      let sum = 0;
      for (const step of [-2, -1, 1, 2]) {
        const other = sequence[index + step];
        if (other === undefined || Math.abs(other.at - own.at) > Math.abs(step)) continue;
        sum += other.chunk.raw.words / Math.abs(step);
      }
      own.chunk.raw.neighbours = sum;
    }
  }
}

interface Placed {
  chunk: ScoredChunk;
  at: number;
}

function sequences(scored: readonly ScoredChunk[]): Placed[][] {
  const byKey = new Map<string, Placed[]>();
  for (const chunk of scored) {
    const place = placeOf(chunk);
    if (place === undefined) continue;
    const list = byKey.get(place.key) ?? [];
    byKey.set(place.key, list);
    list.push({ chunk, at: place.at });
  }
  const all = [...byKey.values()].filter((list) => list.length > 1);
  for (const list of all) list.sort((a, b) => a.at - b.at);
  return all;
}

function placeOf({ candidate }: ScoredChunk): { key: string; at: number } | undefined {
  const { kind, container, position } = candidate;
  if (kind !== "conversation" && kind !== "transcript") return undefined;
  if (container === null || position === null) return { key: `#${candidate.no}`, at: candidate.ordinal };
  return { key: container, at: position * 1 + candidate.ordinal / 1_000 };
}
