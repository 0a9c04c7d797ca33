import { gfmTable } from "@/lib/gfm-table";
import type { PdfCell, PdfLine } from "./pdf-lines";

/** Cells that are longer on average are no table's: the page has two columns of text, written line by line. */
const LONGEST_CELL = 35;
/** A small table could be a chance: it needs gaps this many times the text's size wide. */
const SURE_GAP = 1.5;
/** Rows this many times the text's size apart belong to different tables. */
const WIDEST_GAP = 3;
/** What stands before a list's item, or a heading: `3.`, `2.1`, `a)`, a bullet. */
const MARK = /^(?:[•▪◦‣●○■–*-]|\[\d{1,3}\]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]+)[.)]?)$/iu;

interface Span {
  x: number;
  end: number;
}

/**
 * A page's lines with its tables as markdown in their place. A table is two or more rows, one below the other, whose
 * cells leave the same gaps free. Text in two columns that was written across is put in its order.
 */
export function withTables(lines: readonly PdfLine[]): (PdfLine | string)[] {
  const shown: (PdfLine | string)[] = [];
  for (let at = 0; at < lines.length;) {
    const { rows, columns, next } = tableAt(lines, at);
    if (rows.length < 2 || !isSure(rows, columns)) {
      const line = lines[at++];
      if (line !== undefined) shown.push(line);
      continue;
    }
    shown.push(...(isProse(rows, columns) ? inColumns(rows, columns) : [tableOf(rows, columns)]));
    at = next;
  }
  return shown;
}

/** The rows from line `start` on that share free gaps. */
function tableAt(lines: readonly PdfLine[], start: number) {
  const rows: PdfLine[] = [];
  let columns: Span[] = [];
  let next = start;
  for (; next < lines.length; next++) {
    const [line, last] = [lines[next], lines[next - 1]];
    if (line === undefined) break;
    const gap = rows.length === 0 || last === undefined ? 0 : last.y - line.y;
    if (gap < 0 || gap > WIDEST_GAP * line.size) break;
    const previous = rows.at(-1);
    if (previous !== undefined && isRest(line, columns, gap)) {
      previous.cells.push(...line.cells);
      continue;
    }
    if (!isRow(line)) break;
    const merged = mergedColumns(columns, line.cells);
    // What stands across columns is a note between two tables; what lies in one is no row.
    if (merged.length < Math.max(2, columns.length - 1)) break;
    // Columns that only grew wider hold what they held.
    const doubtful = merged.length < columns.length ? [...rows, line] : [line];
    if (doubtful.some((row) => filled(row, merged) < 2)) break;
    columns = merged;
    rows.push({ ...line, cells: [...line.cells] });
  }
  return { rows, columns, next };
}

function isSure(rows: readonly PdfLine[], columns: readonly Span[]): boolean {
  if (rows.length > 2 || columns.length > 2) return true;
  const [left, right] = columns;
  return left !== undefined && right !== undefined && right.x - left.end > SURE_GAP * (rows[0]?.size ?? 0);
}

function isRow({ cells }: PdfLine): boolean {
  return cells.length > 2 || (cells.length === 2 && !MARK.test(cells[0]?.text.trim() ?? ""));
}

/** A cell's second line: it stands alone, close below, in a column that is not the first. */
function isRest(line: PdfLine, columns: readonly Span[], gap: number): boolean {
  const [cell] = line.cells;
  if (line.cells.length !== 1 || cell === undefined || gap === 0 || gap > 1.5 * line.size) return false;
  const below = columns.filter((column) => cell.x < column.end && cell.end > column.x);
  const [column] = below;
  return below.length === 1 && column !== columns[0] && cell.x >= (column?.x ?? 0) - 1;
}

/** Columns are what is left when everything that stands one above the other is laid together. */
function mergedColumns(columns: readonly Span[], cells: readonly Span[]): Span[] {
  const all = [...columns, ...cells].map(({ x, end }) => ({ x, end })).sort((a, b) => a.x - b.x);
  const merged: Span[] = [];
  for (const span of all) {
    const last = merged.at(-1);
    if (last !== undefined && span.x < last.end) last.end = Math.max(last.end, span.end);
    else merged.push(span);
  }
  return merged;
}

function cellsOf(row: PdfLine, columns: readonly Span[]): PdfCell[][] {
  return columns.map(({ x, end }) => row.cells.filter((cell) => cell.x < end && cell.end > x));
}

/** In how many columns a row says something. */
function filled(row: PdfLine, columns: readonly Span[]): number {
  return cellsOf(row, columns).filter((cells) => cells.length > 0).length;
}

function isProse(rows: readonly PdfLine[], columns: readonly Span[]): boolean {
  if (columns.length !== 2 || rows.length < 4) return false;
  return columns.every((_column, index) => {
    const cells = rows.flatMap((row) => cellsOf(row, columns)[index] ?? []);
    const letters = cells.reduce((sum, cell) => sum + cell.text.trim().length, 0);
    return letters / Math.max(1, cells.length) > LONGEST_CELL;
  });
}

function inColumns(rows: readonly PdfLine[], columns: readonly Span[]): PdfLine[] {
  return columns.flatMap((_column, index) =>
    rows.flatMap((row) => {
      const cells = cellsOf(row, columns)[index] ?? [];
      return cells.length === 0 ? [] : [{ ...row, cells, text: cells.map(({ text }) => text).join(" ") }];
    }),
  );
}

function tableOf(rows: readonly PdfLine[], columns: readonly Span[]): string {
  const texts = rows.map((row) =>
    cellsOf(row, columns).map((cells) =>
      cells
        .map(({ text }) => text.replaceAll(/\s+/g, " ").trim())
        .join(" ")
        .trim(),
    ),
  );
  const [head = [], ...others] = texts;
  return gfmTable(head, others);
}
