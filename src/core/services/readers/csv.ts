import Papa from "papaparse";
import { CancelledError } from "@/core/models/errors";
import { extensionOf } from "@/lib/file-names";
import type { TextReader } from "./reader";
import { MOST_COLUMNS, MOST_ROWS, type Table, tableMarkdown } from "./table-markdown";

/**
 * A table as GFM: the first row is the header, ragged rows are filled up, and past 5,000 rows or 100 columns a visible
 * note says what is missing.
 */
export const readCsv: TextReader = (input, text) => {
  const { rows, count, width } = parseRows(text, extensionOf(input.path) === "tsv" ? "\t" : "", input.signal);
  if (rows.length === 0) return { markdown: "", kind: "table", metadata: { rows: 0, columns: [] } };
  const names = (rows[0] ?? []).slice(0, MOST_COLUMNS).map((name) => name.trim().slice(0, 200));
  return {
    markdown: tableMarkdown({ rows, count, width }, MOST_COLUMNS),
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
