import { piecesOf, type Piece } from "./blocks";
import { splitPiece } from "./split-piece";

/** One passage of an artifact's markdown. Lines are 1-based, inclusive. */
export interface Chunk {
  ordinal: number;
  startLine: number;
  endLine: number;
  /** Headings above the passage, outermost first, joined by " > ". */
  heading: string | null;
  /** The markdown itself, from the first to the last character of the passage. */
  text: string;
}

/** Words in a chunk, about. 150 to 400 find equally well; this leaves snippets and vectors a clear subject. */
const chunkWords = 250;

/**
 * Cuts markdown into passages of about `target` words: at headings, speaker turns and paragraphs where it can, then at
 * lines, sentences and spaces. A code fence stays whole up to twice the target. Empty markdown has no chunks.
 */
export function chunkMarkdown(markdown: string, target = chunkWords): Chunk[] {
  const pieces = piecesOf(markdown).flatMap((piece) => splitPiece(markdown, piece, target));
  const chunks: Chunk[] = [];
  const path: { depth: number; text: string }[] = [];
  let from = 0;
  while (from < pieces.length) {
    const to = endOfChunk(pieces, from, target);
    const taken = pieces.slice(from, to);
    const first = taken[0]?.heading;
    if (first !== undefined) enter(path, first);
    const chunk = chunkOf(markdown, taken, headingPath(path), chunks.length);
    if (chunk !== undefined) chunks.push(chunk);
    for (const piece of taken.slice(1)) if (piece.heading !== undefined) enter(path, piece.heading);
    from = to;
  }
  return chunks;
}

/** Where the chunk that starts at `from` ends: the best cut in its last part, or all that is left when little is. */
function endOfChunk(pieces: readonly Piece[], from: number, target: number): number {
  let size = 0;
  let to = from;
  while (to < pieces.length && (to === from || size + (pieces[to]?.size ?? 0) <= target)) {
    size += pieces[to]?.size ?? 0;
    to++;
  }
  const rest = sizeFrom(pieces, to, 0.3 * target);
  if (rest <= 0.3 * target && size + rest <= 1.3 * target) to = pieces.length;
  let best = to;
  let bestStrength = to === pieces.length ? Infinity : (pieces[to]?.strength ?? 0);
  let before = size;
  for (let cut = to - 1; cut > from; cut--) {
    before -= pieces[cut]?.size ?? 0;
    if (before < 0.5 * target) break;
    const strength = pieces[cut]?.strength ?? 0;
    if (strength > bestStrength) [best, bestStrength] = [cut, strength];
  }
  return best;
}

/** Size of the pieces from `from` on, counted only until it is over `limit`. */
function sizeFrom(pieces: readonly Piece[], from: number, limit: number): number {
  let size = 0;
  for (let index = from; index < pieces.length && size <= limit; index++) size += pieces[index]?.size ?? 0;
  return size;
}

function chunkOf(
  markdown: string,
  pieces: readonly Piece[],
  heading: string | null,
  ordinal: number,
): Chunk | undefined {
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const text = markdown.slice(first.start, last.end);
  if (text.trim() === "") return undefined;
  return { ordinal, startLine: first.startLine, endLine: last.endLine, heading, text };
}

function enter(path: { depth: number; text: string }[], heading: { depth: number; text: string }): void {
  while ((path.at(-1)?.depth ?? 0) >= heading.depth) path.pop();
  path.push(heading);
}

function headingPath(path: readonly { text: string }[]): string | null {
  return path.length === 0 ? null : path.map((heading) => heading.text).join(" > ");
}
