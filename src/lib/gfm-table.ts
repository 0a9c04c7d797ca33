const MAX_CELL = 2_000;

/** One cell's text on one line: pipes escaped, line breaks as `<br>`, spaces folded, cut after `longest` characters. */
export function tableCell(value: string, longest = MAX_CELL): string {
  const cut = value.length > longest ? `${value.slice(0, longest).toWellFormed()}…` : value;
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
export function gfmTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  longestCell = MAX_CELL,
): string {
  if (header.length === 0) return "";
  const line = (cells: readonly string[]) =>
    `| ${header.map((_, column) => tableCell(cells[column] ?? "", longestCell)).join(" | ")} |`;
  return [line(header), `|${" --- |".repeat(header.length)}`, ...rows.map(line)].join("\n");
}
