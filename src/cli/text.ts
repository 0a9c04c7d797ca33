/** Text for a terminal. */

const escape = "\u001b";
export const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** `text` in a style, or as it is where there are no colours. */
export function styled(colour: boolean, style: keyof typeof styles, text: string): string {
  return colour ? `${escape}[${styles[style]}m${text}${escape}[0m` : text;
}

// Control characters but tab and line feed, C1 controls, and marks that turn the reading direction around.
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/** Foreign text without anything that could steer the terminal; of the same length, so positions stay right. */
export function harmless(text: string): string {
  return text.replaceAll(unsafe, " ");
}

/** Foreign text on one line. */
export function oneLine(text: string): string {
  return harmless(text).replaceAll(/\s+/g, " ").trim();
}

/** `1 artifact`, `2 artifacts`, with thousands apart. */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString("en-GB")} ${noun}${amount === 1 ? "" : "s"}`;
}

/** Rows of cells as lines with aligned columns; a column with nothing in it takes no room. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries())
      widths[index] = Math.max(widths[index] ?? 0, Bun.stringWidth(cell));
  }
  const pad = (cell: string, index: number) =>
    cell + " ".repeat((widths[index] ?? 0) - Bun.stringWidth(cell));
  const filled = (_: string, index: number) => widths[index] !== 0;
  return rows.map((row) => row.map(pad).filter(filled).join("  ").trimEnd());
}
