const MAX_CELL = 2_000;

/** One cell's text on one line: pipes escaped, line breaks as `<br>`, spaces folded, at most 2,000 characters. */
export function tableCell(value: string): string {
  const cut = value.length > MAX_CELL ? `${value.slice(0, MAX_CELL).toWellFormed()}…` : value;
  return cut
    .trim()
    .replaceAll(/[ \t]+/g, " ")
    .replaceAll(/\\(?=\||$)/g, "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll(/ ?(?:\r\n|\r|\n) ?/g, "<br>");
}

/**
 * A valid GFM table. Rows shorter than the header are filled with empty cells; longer ones lose what is beyond, so
 * hand in a header as wide as the widest row. Empty when the header is.
 */
export function gfmTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (header.length === 0) return "";
  const line = (cells: readonly string[]) =>
    `| ${header.map((_, column) => tableCell(cells[column] ?? "")).join(" | ")} |`;
  return [line(header), `|${" --- |".repeat(header.length)}`, ...rows.map(line)].join("\n");
}
