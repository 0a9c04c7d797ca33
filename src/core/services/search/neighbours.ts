import { besideOf, type NearOne } from "./besides";
import { isExchange, isTalk } from "./kinds-of-text";
import type { Candidate } from "./load-candidates";
import type { ScoredChunk } from "./score";

/**
 * What was said around a message: where each message or part of a call is an artifact of its own, it is found by its
 * neighbours' words as well. Neighbours are the artifacts whose ids count on from its own in the same container.
 */
export function addNeighbours(scored: readonly ScoredChunk[]): void {
  for (const sequence of sequencesOf(scored)) {
    for (const [index, { chunk }] of sequence.entries()) {
      const near = nearOnes(sequence, index, bothSides);
      chunk.raw.neighbours = near.reduce((sum, { other, distance }) => sum + other.raw.words / distance, 0);
      chunk.raw.beside = besideOf(chunk, near);
    }
  }
}

/**
 * A matter that people talk about does not end where their talk is cut into parts: `part` of what an exchange has in
 * characters is what the two beside it have, by halves. Where nothing stands beside it, it keeps what it has.
 */
export function spreadCharacters(scored: readonly ScoredChunk[], part: number): void {
  const spread = new Map<ScoredChunk, number>();
  for (const sequence of sequencesOf(scored)) {
    for (const [index, { chunk }] of sequence.entries()) {
      const beside = isExchange(chunk.candidate) ? nearOnes(sequence, index, nextToIt) : [];
      if (beside.length === 0) continue;
      const sum = beside.reduce((total, { other }) => total + other.raw.characters, 0);
      spread.set(chunk, (1 - part) * chunk.raw.characters + (part * sum) / nextToIt.length);
    }
  }
  for (const [chunk, characters] of spread) chunk.raw.characters = characters;
}

/** Whether what was said before and after can be told. */
export function standsInSequence(candidate: Pick<Candidate, "kind" | "container" | "position">): boolean {
  return isTalk(candidate) && candidate.container !== null && candidate.position !== null;
}

interface Placed {
  chunk: ScoredChunk;
  position: number;
}

const bothSides = [-2, -1, 1, 2] as const;
const nextToIt = [-1, 1] as const;

/** Chunks of other artifacts at those steps, with how far they are. Gaps of skipped numbers are allowed, to a degree. */
function nearOnes(sequence: readonly Placed[], index: number, steps: readonly number[]) {
  const own = sequence[index];
  const near: NearOne[] = [];
  if (own === undefined) return near;
  for (const step of steps) {
    const other = sequence[index + step];
    if (other === undefined || other.chunk.candidate.no === own.chunk.candidate.no) continue;
    const distance = Math.abs(step);
    if (Math.abs(other.position - own.position) <= 2 * distance) near.push({ other: other.chunk, distance });
  }
  return near;
}

/** Chunks of conversations and transcripts by container, in order. */
function sequencesOf(scored: readonly ScoredChunk[]): Placed[][] {
  const byContainer = new Map<string, Placed[]>();
  for (const chunk of scored) {
    const { source, container, position } = chunk.candidate;
    if (!standsInSequence(chunk.candidate) || position === null) continue;
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
