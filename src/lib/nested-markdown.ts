import { cleanText, visibleText } from "./clean-text";
import { tidyMarkdown } from "./tidy-markdown";

/**
 * Markdown that people wrote at a source, made fit to stand below a heading of ours: its own headings begin at `level`,
 * raw HTML is shown as text, a fence left open is closed. Code stays as it is, in fences and in backticks.
 */
export function nestedMarkdown(markdown: string, level: number): string {
  const lines = withFences(visibleText(cleanText(markdown)).split("\n"));
  const depths = lines.flatMap(({ text, code }) => (code ? [] : [heading.exec(text)?.[1]?.length ?? 7]));
  const shift = Math.max(0, level - Math.min(7, ...depths));
  const shown = lines.map(({ text, code }) => (code ? text : withoutHtml(deeper(text, shift))));
  const open = lines.at(-1)?.fence ?? "";
  return tidyMarkdown([...shown, ...(open === "" ? [] : [open])].join("\n"));
}

const heading = /^ {0,3}(#{1,6})(?=\s|$)/;

interface Line {
  text: string;
  /** Part of a fenced block, its fences included. */
  code: boolean;
  /** The fence that is open after this line. */
  fence: string;
}

function withFences(texts: readonly string[]): Line[] {
  let fence = "";
  return texts.map((text) => {
    const [, mark = "", rest = ""] = /^ {0,3}(`{3,}|~{3,})([^`]*)$/.exec(text) ?? [];
    const before = fence;
    if (before === "") fence = mark;
    else if (mark.startsWith(before) && rest.trim() === "") fence = "";
    return { text, code: before !== "" || fence !== "", fence };
  });
}

function deeper(line: string, shift: number): string {
  return line.replace(heading, (marks) => "#".repeat(Math.min(6, marks.trim().length + shift)));
}

/** A tag's `<` loses its meaning; addresses between angle brackets, line breaks and code in backticks keep theirs. */
function withoutHtml(line: string): string {
  return line
    .split(/((`+)(?:(?!`).)*?\2(?!`))/)
    .filter((_part, index) => index % 3 !== 2)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replaceAll(/(?<!\\)<(?=[a-z/!?])(?!(?:https?:|mailto:|br\s*\/?>)|[^<>\s]+@)/gi, "\\<"),
    )
    .join("");
}
