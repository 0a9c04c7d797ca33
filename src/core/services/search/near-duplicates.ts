import type { RankedArtifact } from "./fuse";
import type { Candidate } from "./load-candidates";

/** An artifact, and those after it that read alike. */
export interface FoldedArtifact extends RankedArtifact {
  alike: RankedArtifact[];
}

/** Words of a shingle (Broder 1997): long enough that chance repeats are rare. */
const shingleWords = 3;
/** Shared part of two passages' shingles from which they are the same text. */
const leastResemblance = 0.9;
/** Shorter passages ("thanks, see you tomorrow") are alike by chance. */
const leastWords = 12;
/** The shorter artifact's part of the longer one's words, at least: a page is not folded into one that quotes it. */
const leastLengthShare = 0.8;
/** Artifacts folded into one. */
const mostAlike = 10;

/**
 * The best `limit` artifacts, each with the later ones whose best passage is nearly the same text. Records made from
 * one form are kept apart: texts whose numbers differ say different things.
 *
 * @param texts of the best chunks, by chunk number; a chunk without one is compared by its words alone.
 */
export function foldNearDuplicates(
  ranked: readonly RankedArtifact[],
  limit: number,
  texts: ReadonlyMap<number, string>,
): FoldedArtifact[] {
  const kept: { artifact: FoldedArtifact; print: Print }[] = [];
  for (const artifact of ranked) {
    const print = printOf(artifact.best.candidate, texts);
    const same = kept.find((other) => other.artifact.alike.length < mostAlike && isAlike(print, other.print));
    if (same !== undefined) same.artifact.alike.push(artifact);
    else if (kept.length < limit) kept.push({ artifact: { ...artifact, alike: [] }, print });
    else break;
  }
  return kept.map(({ artifact }) => artifact);
}

interface Print {
  artifactWords: number;
  numbers: string | undefined;
  shingles: Set<number>;
}

function printOf({ rowId, stems, artifactWords }: Candidate, texts: ReadonlyMap<number, string>): Print {
  const body = stems.hashes.subarray(stems.title + stems.heading);
  const shingles = new Set<number>();
  if (body.length >= leastWords) {
    for (let at = 0; at + shingleWords <= body.length; at++) shingles.add(shingleAt(body, at));
  }
  return {
    artifactWords,
    shingles,
    numbers: texts
      .get(rowId)
      ?.match(/\p{N}+/gu)
      ?.join(" "),
  };
}

function shingleAt(hashes: Uint32Array, from: number): number {
  let hash = 0;
  for (let at = from; at < from + shingleWords; at++) {
    hash = Math.imul(hash ^ (hashes[at] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

function isAlike(one: Print, other: Print): boolean {
  const [fewer, more] = one.shingles.size < other.shingles.size ? [one, other] : [other, one];
  if (fewer.shingles.size === 0 || fewer.shingles.size < leastResemblance * more.shingles.size) return false;
  const [shorter = 0, longer = 0] = [one.artifactWords, other.artifactWords].sort((a, b) => a - b);
  if (shorter < leastLengthShare * longer || one.numbers !== other.numbers) return false;
  let shared = 0;
  for (const shingle of fewer.shingles) if (more.shingles.has(shingle)) shared++;
  return shared >= leastResemblance * (one.shingles.size + other.shingles.size - shared);
}
