/** What all chats have in common on the page: who said something when, quotes, lists, reactions. */
import { plainLine } from "@/lib/clean-text";

/** A name on a line of markdown: nothing in it acts as markup. @param most characters of it that are shown. */
export function nameText(name: string | null | undefined, otherwise: string, most = 100): string {
  return plainLine(name ?? otherwise, most).replaceAll(/[\\`*_[\]<>|]/g, "\\$&");
}

/** Blocks as one quotation. */
export function quotedBlocks(blocks: readonly string[]): string {
  return blocks.join("\n\n").replaceAll(/^/gm, "> ").replaceAll(/^> $/gm, ">");
}

/** Reactions on one line, such as `Reactions: 👍×3 :party:×1`; "" for none. */
export function reactionLine(reactions: readonly { shown: string; count: number }[]): string {
  if (reactions.length === 0) return "";
  return `Reactions: ${reactions.map(({ shown, count }) => `${shown}×${count}`).join(" ")}`;
}

/** Facts in brackets behind something; "" for none. */
export function inBrackets(facts: readonly (string | null | undefined)[]): string {
  const known = facts.filter((fact) => fact !== null && fact !== undefined && fact !== "");
  return known.length === 0 ? "" : ` (${known.join(", ")})`;
}

export interface SaidBlock {
  author: string;
  /** ISO time. */
  at: string;
  /** `edited`, `bot` and the like. */
  marks: readonly (string | false)[];
  /** What was said and what hangs on it, as markdown; empty ones are left out. */
  blocks: readonly string[];
}

/** `**Ann** (14:05, edited): text`; what is no plain text stands below the name. */
export function saidBlock({ author, at, marks, blocks }: SaidBlock): string {
  const shown = marks.filter((mark) => mark !== false);
  const head = `**${nameText(author, "unknown")}**${inBrackets([at.slice(11, 16), ...shown])}:`;
  const known = blocks.filter((block) => block !== "");
  const body = known.length === 0 ? ["(a message without text)"] : known;
  const isText = /^(?!\d{1,9}[.)]\s)[^>\-`\n|#]/.test(body[0] ?? "");
  return isText ? `${head} ${body.join("\n\n")}` : [head, ...body].join("\n\n");
}
