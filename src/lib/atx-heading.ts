const opening = /^ {0,3}(#{1,6})\s+/;

/**
 * Depth and text of a line that is a heading with marks (`## Setup ##`), without the marks; undefined for any other line.
 * The closing marks are taken off by hand: a pattern for them tries every place of a long run of blanks or marks anew.
 */
export function atxHeading(line: string): { depth: number; text: string } | undefined {
  const marks = opening.exec(line);
  if (marks === null) return undefined;
  const written = line.slice(marks[0].length).trimEnd();
  let end = written.length;
  while (end > 0 && written[end - 1] === "#") end--;
  // `Learning C#` ends with a word's own mark.
  const isClosed = end === 0 || written.charAt(end - 1).trim() === "";
  const text = isClosed ? written.slice(0, end).trimEnd() : written;
  return text === "" ? undefined : { depth: marks[1]?.length ?? 1, text };
}
