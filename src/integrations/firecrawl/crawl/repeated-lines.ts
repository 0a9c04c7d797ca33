/**
 * Lines above and below the text of nearly all pages of a site: menus, footers, notices of cookies. They are told by
 * comparing the pages with each other, and only at the two ends of a page: what stands amid the text is left alone.
 */

/** Pages before anything is said of their likeness, and the share of them that must have a line. */
const FEWEST_PAGES = 5;
const SHARE = 0.8;
/** Lines at each end that are compared. */
const REACH = 80;
const LONGEST = 400;

/** Counts, page by page, in which lines pages are alike. */
export class RepeatedLines {
  private readonly counts = new Map<string, number>();
  private pages = 0;

  see(markdown: string): void {
    this.pages++;
    const lines = markdown.split("\n");
    const ends = new Set(
      [...lines.slice(0, REACH), ...lines.slice(-REACH)].flatMap((line) => comparable(line)),
    );
    for (const line of ends) this.counts.set(line, (this.counts.get(line) ?? 0) + 1);
  }

  /** In the order of text, so that the same pages give the same list. */
  found(): string[] {
    if (this.pages < FEWEST_PAGES) return [];
    const enough = this.pages * SHARE;
    return [...this.counts].flatMap(([line, count]) => (count >= enough ? [line] : [])).toSorted();
  }
}

/** The page without them at its ends; as it was where nothing else would be left. */
export function withoutRepeated(markdown: string, repeated: ReadonlySet<string>): string {
  if (repeated.size === 0) return markdown;
  const lines = markdown.split("\n");
  const from = endOfRun(lines, repeated);
  const below = endOfRun(lines.toReversed(), repeated);
  const kept = lines.slice(from, Math.max(from, lines.length - below));
  return kept.some((line) => /[\p{L}\p{N}]/u.test(line)) ? kept.join("\n") : markdown;
}

/** How many lines to leave out from the start: up to the last repeated one before the page's own text begins. */
function endOfRun(lines: readonly string[], repeated: ReadonlySet<string>): number {
  let end = 0;
  for (const [index, line] of lines.slice(0, REACH).entries()) {
    if (comparable(line).some((one) => repeated.has(one))) end = index + 1;
    // Between two lines of a menu stands the one that is marked on this page, or nothing.
    else if (!isLinkOrNothing(line)) break;
  }
  return end;
}

/** The line as it is compared: none for fences, table rows, and what has no word in it. */
function comparable(line: string): string[] {
  const text = line.trim();
  if (/^(?:`{3}|~{3}|\|)/.test(text) || text.length > LONGEST || !/\p{L}/u.test(text)) return [];
  return [text];
}

function isLinkOrNothing(line: string): boolean {
  const text = line.trim().replace(/^(?:[-*+]|\d+\.)(?: +|$)/, "");
  if (text.length > 1_000) return false;
  return text === "" || /^(?:\*\*)?!?\[[^[\]]*\]\([^()\s]*(?: "[^"]*")?\)(?:\*\*)?$/.test(text);
}
