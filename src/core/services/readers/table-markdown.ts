import { gfmTable, tableCell } from "@/lib/gfm-table";

export interface Table {
  /** The first rows, the header among them. */
  rows: string[][];
  /** All rows that are not empty, the header among them. */
  count: number;
  width: number;
}

/** A table as GFM: the first row is the header, ragged rows are filled up, and a visible note says what is missing. */
export function tableMarkdown({ rows, count, width }: Table, mostColumns: number): string {
  const [first] = rows;
  if (first === undefined) return "";
  const shown = Math.min(width, mostColumns);
  const header = Array.from({ length: shown }, (_, at) => first[at]?.trim() || `Column ${at + 1}`);
  const notes: string[] = [];
  if (count > rows.length) {
    notes.push(
      `> The table has ${amount(count - 1, "row")}; the first ${amount(rows.length - 1, "row")} are shown.`,
    );
  }
  if (width > shown) notes.push(`> The table has ${amount(width, "column")}; the first ${shown} are shown.`);
  if (notes.length > 0) notes.push(`> Columns: ${header.map((name) => tableCell(name)).join(", ")}`);
  return [notes.join("\n>\n"), gfmTable(header, rows.slice(1))].filter((part) => part !== "").join("\n\n");
}

/** What is shown of a table and of a workbook, whatever program wrote it; notes say what is missing. */
export const MOST_ROWS = 5_000;
export const MOST_COLUMNS = 100;
const MOST_SHEETS = 30;

/** The first sheets of a workbook as `show` gives them, and a note of how many there are. */
export function sheetsMarkdown<Sheet>(sheets: readonly Sheet[], show: (sheet: Sheet) => string): string {
  const shown = sheets.slice(0, MOST_SHEETS).map(show);
  if (sheets.length > shown.length)
    shown.push(`> The workbook has ${sheets.length} sheets; the first ${shown.length} are shown.`);
  return shown.join("\n\n");
}

/** Rows of a text's table, the first of them as its head; ragged ones are filled up. */
export function plainTable(rows: readonly string[][]): string {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const [head = [], ...others] = rows;
  return gfmTable(
    Array.from({ length: width }, (_, at) => head[at] ?? ""),
    others,
  );
}

function amount(count: number, what: string): string {
  return `${count.toLocaleString("en-GB")} ${what}${count === 1 ? "" : "s"}`;
}
