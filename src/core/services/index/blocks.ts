import { atxHeading } from "@/lib/atx-heading";
import { turnStamp } from "@/lib/turn-stamp";
import { countWords } from "./words";

/** How good a place is to cut before a piece: the larger, the better. */
export const cutStrength = { sentence: 0, line: 1, paragraph: 2, turn: 2.5, heading: 4 } as const;

/** A stretch of markdown that chunks are packed from: offsets end exclusive, lines 1-based inclusive. */
export interface Piece {
  start: number;
  end: number;
  startLine: number;
  endLine: number;
  /** Length in words, or in twelfths of characters where words are very long. */
  size: number;
  strength: number;
  /** Depth and text when the piece is a heading. */
  heading?: { depth: number; text: string };
}

interface Line {
  start: number;
  end: number;
  number: number;
  text: string;
}

const fenceOpen = /^ {0,3}(`{3,}|~{3,})/;
const turnLine = new RegExp(
  String.raw`^\s*(?:[-*>]\s+)?(?:(?:\[[\d:.]+\]|${turnStamp} ?[-–—]?)\s*)?(?:\*{1,2})?[\p{L}<@][\p{L}\p{N}\p{M} .'’@<>_#-]{0,48}` +
    String.raw`(?:\*{1,2})?(?:\s*[([][^)\]\n]{1,40}[)\]])?(?:\*{1,2})?\s*[:：]`,
  "u",
);

/** Splits markdown into lines and whole code fences, each with how good it is to cut before it. */
export function piecesOf(markdown: string): Piece[] {
  const pieces: Piece[] = [];
  const lines = linesOf(markdown);
  let blankBefore = true;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined) break;
    if (line.text.trim() === "") {
      blankBefore = true;
      continue;
    }
    const last = lastOfFence(lines, index);
    const end = lines[last] ?? line;
    pieces.push(pieceOf(markdown, line, end, blankBefore));
    index = last;
    blankBefore = false;
  }
  return pieces;
}

/** Length in words; text of very long words (keys, encoded data) counts by characters. */
export function sizeOf(text: string): number {
  return Math.max(1, countWords(text), Math.ceil(text.length / 12));
}

function pieceOf(markdown: string, first: Line, last: Line, blankBefore: boolean): Piece {
  const heading = first === last ? atxHeading(first.text) : undefined;
  const base = {
    start: first.start,
    end: last.end,
    startLine: first.number,
    endLine: last.number,
    size: sizeOf(markdown.slice(first.start, last.end)),
  };
  if (heading !== undefined) return { ...base, strength: cutStrength.heading, heading };
  const isTurn = turnLine.test(first.text.slice(0, 120));
  const strength = isTurn ? cutStrength.turn : blankBefore ? cutStrength.paragraph : cutStrength.line;
  return { ...base, strength };
}

/** Index of the line that closes the fence opened at `index`, or `index` when none is opened there. */
function lastOfFence(lines: readonly Line[], index: number): number {
  const mark = fenceOpen.exec(lines[index]?.text ?? "")?.[1];
  if (mark === undefined) return index;
  const close = new RegExp(`^ {0,3}${mark.charAt(0)}{${mark.length},}\\s*$`);
  for (let next = index + 1; next < lines.length; next++) {
    if (close.test(lines[next]?.text ?? "")) return next;
  }
  return lines.length - 1;
}

/** Lines with offsets; the line end itself belongs to no line. */
export function linesOf(text: string, offset = 0, firstNumber = 1): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let number = firstNumber;
  while (start <= text.length) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    lines.push({ start: offset + start, end: offset + end, number, text: text.slice(start, end) });
    number++;
    start = end + 1;
  }
  return lines;
}
