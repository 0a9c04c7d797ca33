/** Text from a source as markdown that shows what people wrote, and nothing that they did not mean. */
import { cleanText, visibleText } from "./clean-text";
import { escapeInline, escapeMarkdown } from "./escape-markdown";

/** Within a line. */
export function inlineText(text: string): string {
  return escapeInline(visibleText(cleanText(text)).trim());
}

/** A line of its own. */
export function lineText(text: string): string {
  return escapeMarkdown(visibleText(cleanText(text)).trim(), { atLineStart: true, inTableCell: false });
}

/** A table's cell; a dash stands for nothing. */
export function cellText(text: string | null | undefined): string {
  const shown = escapeMarkdown(visibleText(cleanText(text ?? "")).trim(), {
    atLineStart: false,
    inTableCell: true,
  });
  return shown === "" ? "–" : shown;
}

/** Text of several lines: bullets stay bullets, other lines become paragraphs. */
export function paragraphText(text: string): string {
  const lines = cleanText(text)
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return lines
    .map((one) => {
      const bullet = /^[-*•]\s+(.*)$/.exec(one)?.[1];
      return bullet === undefined ? `\n${lineText(one)}\n` : `- ${inlineText(bullet)}`;
    })
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/** A list of lines that are markdown already; empty ones are left out. */
export function bulletList(lines: readonly string[]): string {
  return lines
    .filter((one) => one !== "")
    .map((one) => `- ${one}`)
    .join("\n");
}

/** A list of facts about an item, such as `- Owner: Ana`, of plain text by name; those without a value are left out. */
export function factList(facts: Readonly<Record<string, string | number | null | undefined>>): string {
  const told = Object.entries(facts).map(([name, value]) => {
    const shown = inlineText(String(value ?? ""));
    return shown === "" ? "" : `${name}: ${shown}`;
  });
  return bulletList(told);
}
