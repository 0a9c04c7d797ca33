import { withTables } from "./pdf-tables";

/** A run of text on a page, as the PDF places it. Lengths are in points, `y` grows upwards. */
export interface PdfRun {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  endsLine: boolean;
}

/** Text of a line without a wide gap within it. */
export interface PdfCell {
  text: string;
  x: number;
  end: number;
}

export interface PdfLine {
  text: string;
  y: number;
  size: number;
  cells: PdfCell[];
}

/** How much larger than the body a line must be to be a heading. */
export const HEADING_SIZE = 1.15;
/** A gap this many times the text's size parts the cells of a table. */
const CELL_GAP = 0.8;

/** The size most of the text has, to tell headings by; 0 when there is no text. */
export function bodySize(pages: readonly (readonly PdfRun[])[]): number {
  const weight = new Map<number, number>();
  for (const page of pages) {
    for (const run of page) {
      const size = Math.round(run.size * 2) / 2;
      weight.set(size, (weight.get(size) ?? 0) + run.text.length);
    }
  }
  return [...weight].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/**
 * A page's text as markdown: lines of one paragraph joined, words that a line break divided made whole, larger lines
 * as headings of `level`.
 */
export function pageMarkdown(lines: readonly PdfLine[], body: number, level: number): string {
  const blocks: string[] = [];
  let paragraph: PdfLine[] = [];
  const flush = () => {
    if (paragraph.length > 0) blocks.push(blockOf(paragraph, body, level));
    paragraph = [];
  };
  for (const line of withTables(lines)) {
    if (typeof line === "string") {
      flush();
      blocks.push(line);
      continue;
    }
    const last = paragraph.at(-1);
    if (last !== undefined && startsBlock(last, line)) flush();
    paragraph.push(line);
  }
  flush();
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** A page's runs as lines, in the order in which they were written. */
export function linesOf(runs: readonly PdfRun[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let line: PdfLine | undefined;
  let end = 0;
  for (const run of runs) {
    if (
      line !== undefined &&
      run.text !== "" &&
      Math.abs(run.y - line.y) > Math.max(line.size, run.size) * 0.5
    ) {
      line = undefined;
    }
    if (line === undefined) {
      line = { text: "", y: run.y, size: run.size, cells: [] };
      lines.push(line);
    } else if (run.x - end > run.size * 0.2 && !/\s$/.test(line.text)) line.text += " ";
    line.text += run.text;
    addToCells(line, run);
    if (run.text.trim() !== "") line.size = Math.max(line.size, run.size);
    end = run.x + run.width;
    if (run.endsLine) line = undefined;
  }
  return lines.filter((one) => one.text.trim() !== "");
}

function addToCells({ cells }: PdfLine, { text, x, width, size }: PdfRun): void {
  const cell = cells.at(-1);
  // A run of spaces is as wide as the gap that it stands for.
  if (text.trim() === "") {
    if (cell !== undefined && text !== "") cell.text += " ";
  } else if (cell === undefined || x - cell.end > size * CELL_GAP) cells.push({ text, x, end: x + width });
  else {
    cell.text += (x - cell.end > size * 0.2 && !/\s$/.test(cell.text) ? " " : "") + text;
    cell.end = Math.max(cell.end, x + width);
  }
}

const LIST_MARK = /^\s*(?:[•▪◦‣●○■]|[-–*]\s|\d{1,3}[.)]\s)/u;

function startsBlock(last: PdfLine, line: PdfLine): boolean {
  const gap = last.y - line.y;
  const sizesDiffer = Math.abs(last.size - line.size) > 0.1 * Math.max(last.size, line.size);
  return sizesDiffer || gap < 0 || gap > 1.6 * Math.max(last.size, line.size) || LIST_MARK.test(line.text);
}

function blockOf(lines: readonly PdfLine[], body: number, level: number): string {
  let text = "";
  for (const line of lines) {
    const words = line.text.replaceAll(/\s+/g, " ").trim();
    // "docu-" + "ment" is one word, "Jean-" + "Luc" are two.
    if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(words)) text = text.slice(0, -1) + words;
    else text += (text === "" ? "" : " ") + words;
  }
  const size = Math.max(...lines.map((line) => line.size));
  if (size > body * HEADING_SIZE && text.length <= 200 && /\p{L}/u.test(text)) {
    return `${"#".repeat(level)} ${text}`;
  }
  if (/^[•▪◦‣●○■]/u.test(text)) return `- ${text.slice(1).trim()}`;
  // A line that only looks like markdown must not become a heading or a quote.
  return text.replace(/^(#{1,6}\s|>|[+*]\s|```|~~~)/, "\\$1");
}
