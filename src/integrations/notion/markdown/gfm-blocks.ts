/** Pieces of GFM: what a list item, a quote and a line break look like. */

/** `bulleted` or `numbered` for text that begins as an item of such a list. */
export function listKind(text: string): string | undefined {
  if (/^[-*+] /.test(text)) return "bulleted";
  return /^\d+\. /.test(text) ? "numbered" : undefined;
}

/** A block and what belongs to it, with a blank line between. */
export function withBelow(text: string, below: string): string {
  return [text, below].filter((part) => part !== "").join("\n\n");
}

/** What may follow a paragraph without a blank line: of numbered lists only one that begins with 1. */
const FOLLOWS = /^(?:[-*+]|1\.) \S/;

/** An item with what belongs to it indented below; a list right under it, anything else after a blank line. */
export function listItem(marker: string, text: string, below: string): string {
  const indent = " ".repeat(marker.length);
  const inside = below === "" ? "" : `${FOLLOWS.test(below) ? "\n" : "\n\n"}${below}`;
  return `${marker}${broken(text).trim()}${inside}`.replaceAll(/\n(?=[^\n])/g, `\n${indent}`);
}

export function quoted(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "> ").replaceAll(/^$/gm, ">");
}

/** Bold, unless the text is bold in part already or empty. */
export function bold(text: string): string {
  return text === "" || text.includes("**") ? text : `**${text}**`;
}

/** Line breaks within a paragraph. */
export function broken(text: string): string {
  const [first = "", ...lines] = text.split("\n");
  return [first, ...lines.filter((line) => line.trim() !== "")]
    .map((line, at) => (at === 0 ? line.trimEnd() : line.trim()))
    .join("  \n");
}
