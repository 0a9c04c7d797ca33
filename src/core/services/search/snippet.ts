import { tokensWith } from "@/core/services/index/analyse";
import { plainSnippet } from "./plain-snippet";

export interface Snippet {
  text: string;
  highlights: { start: number; end: number }[];
  /** Lines of the chunk that the snippet covers, counted from 0. */
  firstLine: number;
  lastLine: number;
}

/** With the marks of what is left out at both ends, 300 characters. */
const longestSnippet = 298;
const cutMark = "…";

/**
 * The stretch of a chunk, at most 300 characters, in which the query's rarest words stand closest together, with "…" at
 * the ends where the chunk goes on.
 * @param rarity weights of the query's stems; a query without words has its `pieces` in their place
 */
export function snippetOf(
  chunk: string,
  rarity: ReadonlyMap<string, number>,
  pieces: readonly string[] = [],
): Snippet {
  const matches = rarity.size > 0 ? tokensWith(chunk, rarity) : literalMatches(chunk, pieces);
  const weights = rarity.size > 0 ? rarity : new Map(pieces.map((piece) => [piece, 1]));
  const [start, end] = windowOf(chunk, bestSpan(matches, weights));
  const raw = chunk.slice(start, end);
  const before = chunk.slice(0, start);
  const firstLine = countLines(before);
  const plain = plainSnippet(raw, mergeHighlights(matches, start, end));
  return {
    ...withCutMarks(plain, before.trim() !== "", /\S/.test(chunk.slice(end))),
    firstLine,
    lastLine: firstLine + countLines(raw),
  };
}

type Shown = Pick<Snippet, "text" | "highlights">;

function withCutMarks({ text, highlights }: Shown, isCutBefore: boolean, isCutAfter: boolean): Shown {
  const head = isCutBefore ? cutMark : "";
  return {
    text: head + text + (isCutAfter ? cutMark : ""),
    highlights: highlights.map(({ start, end }) => ({ start: start + head.length, end: end + head.length })),
  };
}

/** Where the pieces stand in a text, in order, at most a few hundred. */
function literalMatches(text: string, pieces: readonly string[]): Match[] {
  const matches: Match[] = [];
  for (const stem of pieces) {
    for (
      let at = text.indexOf(stem);
      at !== -1 && matches.length < 500;
      at = text.indexOf(stem, at + stem.length)
    )
      matches.push({ start: at, end: at + stem.length, stem });
  }
  return matches.sort((a, b) => a.start - b.start);
}

interface Match {
  start: number;
  end: number;
  stem: string;
}

/** Start of the best window and end of its last match. */
function bestSpan(
  matches: readonly Match[],
  rarity: ReadonlyMap<string, number>,
): { start: number; end: number } {
  let best = { start: 0, end: 0, worth: -1 };
  for (let first = 0; first < matches.length; first++) {
    const start = matches[first]?.start ?? 0;
    const seen = new Set<string>();
    let worth = 0;
    let end = start;
    for (let next = first; next < matches.length; next++) {
      const match = matches[next];
      if (match === undefined || match.end - start > longestSnippet - 40) break;
      worth += seen.has(match.stem) ? 0.05 : (rarity.get(match.stem) ?? 0);
      seen.add(match.stem);
      end = match.end;
    }
    if (worth > best.worth) best = { start, end, worth };
  }
  return best;
}

/** Widens a span to a readable window: some context before it, whole words, no trailing blanks. */
function windowOf(text: string, span: { start: number; end: number }): [number, number] {
  const spare = Math.max(0, longestSnippet - (span.end - span.start));
  let start = Math.max(0, span.start - Math.floor(spare / 3));
  let end = Math.min(text.length, start + longestSnippet);
  start = Math.max(0, Math.min(start, end - longestSnippet));
  if (start > 0) start = afterBreak(text, start, Math.min(span.start, start + 40));
  if (end < text.length) end = beforeBreak(text, end, Math.max(span.end, end - 40));
  while (start < end && /\s/.test(text.charAt(start))) start++;
  while (end > start && /\s/.test(text.charAt(end - 1))) end--;
  return [start, end];
}

function afterBreak(text: string, from: number, limit: number): number {
  for (let at = from; at < limit; at++) if (/\s/.test(text.charAt(at))) return at + 1;
  return isInsidePair(text, from) ? from + 1 : from;
}

function beforeBreak(text: string, from: number, limit: number): number {
  for (let at = from; at > limit; at--) if (/\s/.test(text.charAt(at))) return at;
  return isInsidePair(text, from) ? from - 1 : from;
}

function isInsidePair(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

function mergeHighlights(
  matches: readonly Match[],
  start: number,
  end: number,
): { start: number; end: number }[] {
  const merged: { start: number; end: number }[] = [];
  for (const match of matches) {
    if (match.start < start || match.end > end) continue;
    const last = merged.at(-1);
    if (last !== undefined && match.start - start < last.end)
      last.end = Math.max(last.end, match.end - start);
    else merged.push({ start: match.start - start, end: match.end - start });
  }
  return merged;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
