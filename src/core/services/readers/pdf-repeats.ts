import type { PdfLine } from "./pdf-lines";

/** So many pages, and this share of all, make a running header or footer of a line. */
const LEAST_PAGES = 3;
const LEAST_SHARE = 0.4;
/** So many lines at the top of a page, and at its bottom, may be such. */
const OUTER_LINES = 3;

/**
 * Leaves out headers and footers after the first page that has them: in search, "Confidential, page 12" on every page
 * stands for nothing.
 *
 * @param largest the size above which a line is a heading, and stays.
 */
export function withoutRepeats(pages: readonly PdfLine[][], largest: number): PdfLine[][] {
  const count = new Map<string, number>();
  const outers = pages.map((page, index) => outer(page, index + 1, largest));
  for (const keys of outers)
    for (const key of new Set(keys.values())) count.set(key, (count.get(key) ?? 0) + 1);
  const written = pages.filter((page) => page.length > 0).length;
  const least = Math.max(LEAST_PAGES, written * LEAST_SHARE);
  const seen = new Set<string>();
  return pages.map((page, index) =>
    page.filter((line) => {
      const key = outers[index]?.get(line);
      if (key === undefined || (count.get(key) ?? 0) < least) return true;
      const isFirst = !seen.has(key);
      seen.add(key);
      return isFirst;
    }),
  );
}

/** The outermost lines of a page with what they are known by: their place, and their words but for the page's number. */
function outer(page: readonly PdfLine[], number: number, largest: number): Map<PdfLine, string> {
  const byHeight = page.toSorted((a, b) => b.y - a.y);
  // Other numbers are what a page is about: a sum stands at the same place on every statement.
  const itself = new RegExp(`(?<![\\d.,])${number}(?![\\d.,])`);
  const found = new Map<PdfLine, string>();
  for (const line of [...byHeight.slice(0, OUTER_LINES), ...byHeight.slice(-OUTER_LINES)]) {
    const words = line.text.replaceAll(/\s+/g, " ").trim();
    // The head of a table that goes on over pages is needed on each.
    const isTableHead = line.cells.length > 1 && !/\d/.test(words);
    if (line.size <= largest && !isTableHead)
      found.set(line, `${Math.round(line.y)} ${words.replace(itself, "#")}`);
  }
  return found;
}
