import { cutStrength, linesOf, sizeOf, type Piece } from "./blocks";

const sentences = new Intl.Segmenter(undefined, { granularity: "sentence" });

/** Cuts a piece that is too long: a fence at its lines, then a line at sentences, at spaces, at code points. */
export function splitPiece(markdown: string, piece: Piece, target: number): Piece[] {
  const isFence = piece.endLine > piece.startLine;
  if (piece.size <= (isFence ? 2 * target : 1.2 * target)) return [piece];
  if (!isFence) return splitLine(markdown, piece, target);
  return linesOf(markdown.slice(piece.start, piece.end), piece.start, piece.startLine)
    .filter((line) => line.text.trim() !== "")
    .flatMap((line, index) => {
      const strength = index === 0 ? piece.strength : cutStrength.line;
      const part: Piece = {
        start: line.start,
        end: line.end,
        startLine: line.number,
        endLine: line.number,
        size: sizeOf(line.text),
        strength,
      };
      return part.size <= 1.2 * target ? [part] : splitLine(markdown, part, target);
    });
}

function splitLine(markdown: string, line: Piece, target: number): Piece[] {
  const parts: Piece[] = [];
  for (const { segment, index } of sentences.segment(markdown.slice(line.start, line.end))) {
    for (const [from, to] of shortRanges(segment, target)) {
      parts.push({
        start: line.start + index + from,
        end: line.start + index + to,
        startLine: line.startLine,
        endLine: line.endLine,
        size: sizeOf(segment.slice(from, to)),
        strength: parts.length === 0 ? line.strength : cutStrength.sentence,
      });
    }
  }
  return parts;
}

/** Ranges of a sentence that hold at most about `target` words each. */
function shortRanges(sentence: string, target: number): [number, number][] {
  const size = sizeOf(sentence);
  if (size <= target) return [[0, sentence.length]];
  const step = Math.max(1, Math.floor((sentence.length * target) / size));
  const ranges: [number, number][] = [];
  let from = 0;
  while (from < sentence.length) {
    const to = cutNear(sentence, from, Math.min(sentence.length, from + step));
    ranges.push([from, to]);
    from = to;
  }
  return ranges;
}

/** The last space in the second half of the range, else its end moved off the middle of a code point. */
function cutNear(text: string, from: number, to: number): number {
  if (to >= text.length) return text.length;
  const space = text.lastIndexOf(" ", to);
  if (space > from + (to - from) / 2) return space + 1;
  const code = text.charCodeAt(to);
  const inside = code >= 0xdc00 && code <= 0xdfff;
  return inside ? to + 1 : to;
}
