/** Line ranges in an artifact's address: `?lines=12-18`. */

export interface LineRange {
  start: number;
  end: number;
}

/** The range that an address names, or undefined. Lines count from 1, the end is included. */
export function readLines(text: string | null): LineRange | undefined {
  const match = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(text ?? "");
  if (match === null) return undefined;
  const start = Number(match[1]);
  const end = Number(match[2] ?? match[1]);
  return start >= 1 && end >= start ? { start, end } : undefined;
}

/** Markdown cut before, inside and after a range, for marking it. Line ends stay where they are. */
export function cutAtLines(
  markdown: string,
  range: LineRange,
): { before: string; inside: string; after: string } {
  const lines = markdown.split("\n");
  const join = (from: number, to: number) =>
    lines
      .slice(from, to)
      .map((line, index) => {
        const last = from + index === lines.length - 1;
        return last ? line : `${line}\n`;
      })
      .join("");
  return {
    before: join(0, range.start - 1),
    inside: join(range.start - 1, range.end),
    after: join(range.end, lines.length),
  };
}
