/** Where a text stands, as far as escaping depends on it. */
export interface TextPlace {
  /** True when the text begins a line of markdown. */
  atLineStart: boolean;
  /** True inside a table's cell, where a pipe ends the cell. */
  inTableCell: boolean;
}

/** An address in running text, as far as none of its characters end it or the link around it. */
const ADDRESS = String.raw`(?:https?:\/\/|\bwww\.)[^\s<>[\]\\|\x60]+`;
const MARKS = new RegExp(String.raw`${ADDRESS}|[\\\x60~[\]]|<(?=[a-z/!?])|&(?=#?\w{1,32};)`, "gi");
/** Emphasis marks count only beside a word on one side; an underscore within a word never does. */
const EMPHASIS = new RegExp(String.raw`${ADDRESS}|\*+(?=\S)|(?<=\S)\*+|_+(?=\S)|(?<=\S)_+`, "gi");

/**
 * Escapes what markdown would take as markup in a plain text, and only that: `snake_case`, `a@b.com` and `2 * 3` stay
 * as people write them, because backslashes inside words hurt search; so do addresses, which a backslash would break.
 * Line breaks become spaces.
 */
export function escapeMarkdown(text: string, place: TextPlace): string {
  let escaped = onOneLine(text)
    .replaceAll(MARKS, (mark) => (isAddress(mark) ? mark : `\\${mark}`))
    .replaceAll(EMPHASIS, (run, offset: number, whole: string) =>
      isAddress(run) ? run : escapeEmphasis(run, offset, whole),
    );
  if (place.inTableCell) escaped = escaped.replaceAll("|", "\\|");
  return place.atLineStart ? escapeLineStart(escaped) : escaped;
}

/** The same for a piece within a line, outside of tables. */
export function escapeInline(text: string): string {
  return escapeMarkdown(text, { atLineStart: false, inTableCell: false });
}

/** Line by line: one pattern for blanks around a break would look at a long run of blanks again from each of them. */
function onOneLine(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  const last = rest.pop();
  if (last === undefined) return text;
  const between = rest.map((line) => line.trim()).filter((line) => line !== "");
  return [first.trimEnd(), ...between, last.trimStart()].join(" ");
}

function isAddress(match: string): boolean {
  return /^[hw]/i.test(match);
}

function escapeEmphasis(run: string, offset: number, whole: string): string {
  const before = whole[offset - 1] ?? " ";
  const after = whole[offset + run.length] ?? " ";
  if (run.startsWith("_") && WORD.test(before) && WORD.test(after)) return run;
  return run.replaceAll(/[*_]/g, "\\$&");
}

const WORD = /[\p{L}\p{N}]/u;

/** Marks that make a heading, quote, list, rule, fence or table when they begin a line. */
function escapeLineStart(text: string): string {
  return text
    .replace(/^(\s*)(#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|-{3,}\s*$|={1,}\s*$|\|)/, "$1\\$2")
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}
