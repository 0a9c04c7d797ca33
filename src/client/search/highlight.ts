/** A snippet cut into plain and marked pieces. */
import type { SearchHit } from "@/core/models/search";

export interface Piece {
  text: string;
  marked: boolean;
  /** Where the piece starts in the snippet; unique, so it can serve as a key. */
  at: number;
}

/**
 * Cuts a snippet at its highlights (UTF-16 units, end exclusive). Ranges may overlap, come in any order or reach
 * beyond the text; every character is given exactly once.
 */
export function pieces(snippet: string, highlights: SearchHit["highlights"]): Piece[] {
  const ranges = highlights
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(snippet.length, end) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  const cut: Piece[] = [];
  let at = 0;
  const push = (end: number, marked: boolean) => {
    if (end > at) cut.push({ text: snippet.slice(at, end), marked, at });
    at = Math.max(at, end);
  };
  for (const { start, end } of ranges) {
    push(start, false);
    push(end, true);
  }
  push(snippet.length, false);
  return cut;
}
