import Papa from "papaparse";
import { CancelledError } from "@/core/models/errors";
import { extensionOf } from "@/lib/file-names";
import { gfmTable, tableCell } from "@/lib/gfm-table";
import type { TextReader } from "./reader";

const MOST_ROWS = 500;
const MOST_COLUMNS = 100;

interface Table {
  /** The first rows, the header among them. */
  rows: string[][];
  /** All rows that are not empty, the header among them. */
  count: number;
  width: number;
}

/**
 * A table as GFM: the first row is the header, ragged rows are filled up, and past 500 rows or 100 columns a visible
 * note says what is missing.
 */
export const readCsv: TextReader = (input, text) => {
  const { rows, count, width } = parseRows(text, extensionOf(input.path) === "tsv" ? "\t" : "", input.signal);
  if (rows.length === 0) return { markdown: "", kind: "table", metadata: { rows: 0, columns: [] } };
  const shown = Math.min(width, MOST_COLUMNS);
  const first = rows[0] ?? [];
  const header = Array.from({ length: shown }, (_, at) => first[at]?.trim() || `Column ${at + 1}`);
  const names = first.slice(0, MOST_COLUMNS).map((name) => name.trim().slice(0, 200));
  const notes: string[] = [];
  if (count > rows.length) {
    notes.push(
      `> The table has ${amount(count - 1, "row")}; the first ${amount(rows.length - 1, "row")} are shown.`,
    );
  }
  if (width > shown) notes.push(`> The table has ${amount(width, "column")}; the first ${shown} are shown.`);
  if (notes.length > 0) notes.push(`> Columns: ${header.map((name) => tableCell(name)).join(", ")}`);
  return {
    markdown: [notes.join("\n>\n"), gfmTable(header, rows.slice(1))]
      .filter((part) => part !== "")
      .join("\n\n"),
    kind: "table",
    metadata: { rows: count - 1, columns: names },
  };
};

function parseRows(text: string, delimiter: string, signal: AbortSignal): Table {
  const table: Table = { rows: [], count: 0, width: 0 };
  Papa.parse<string[]>(text, {
    delimiter,
    skipEmptyLines: "greedy",
    step: ({ data }, parser) => {
      if (signal.aborted) parser.abort();
      table.count++;
      if (table.rows.length > MOST_ROWS) return;
      table.rows.push(data);
      table.width = Math.max(table.width, data.length);
    },
  });
  if (signal.aborted) throw new CancelledError("Reading was stopped.");
  return table;
}

function amount(count: number, what: string): string {
  return `${count.toLocaleString("en-GB")} ${what}${count === 1 ? "" : "s"}`;
}
