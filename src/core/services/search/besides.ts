import type { TermList } from "@/core/services/index/terms";
import { likeness } from "./likeness";
import type { ScoredChunk } from "./score";

/** What stands near a message or a part of a call, and how many steps away. */
export interface NearOne {
  other: ScoredChunk;
  distance: number;
}

/** Likeness of two texts up to which they are about different matters, and from which about the same one. */
const matters = { other: 0.25, same: 0.45 };

/**
 * An answer hardly repeats the question's words: "Yes, on Friday." A query's words that stand right beside a message and not
 * in it are worth something there, as far as both are about one matter: what follows in a call mostly is, and the next thread
 * of a channel mostly is not. That is told by the words they share.
 *
 * @returns the weight of the terms that those nearby have more of than the chunk itself, in the units of its words.
 */
export function besideOf({ parts: own, candidate }: ScoredChunk, near: readonly NearOne[]): number {
  if (own === undefined) return 0;
  const best = own.slice();
  for (const { other, distance } of near) {
    const { parts } = other;
    if (parts === undefined || !hasMore(parts, distance, best)) continue;
    const share = sameMatter(candidate.stems, other.candidate.stems) / distance;
    for (let term = 0; term < best.length; term++)
      best[term] = Math.max(best[term] ?? 0, share * (parts[term] ?? 0));
  }
  let sum = 0;
  for (let term = 0; term < best.length; term++) sum += (best[term] ?? 0) - (own[term] ?? 0);
  return sum;
}

/** How far two texts are about one matter, from 0 to 1. */
export function sameMatter(one: TermList, other: TermList): number {
  const alike = likeness(one, other);
  return Math.min(1, Math.max(0, (alike - matters.other) / (matters.same - matters.other)));
}

function hasMore(parts: Float64Array, distance: number, than: Float64Array): boolean {
  for (let term = 0; term < parts.length; term++)
    if ((parts[term] ?? 0) > distance * (than[term] ?? 0)) return true;
  return false;
}
