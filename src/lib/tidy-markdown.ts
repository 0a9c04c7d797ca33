/**
 * The last pass over every reader's markdown: lone surrogates mended, at most two blank lines in a row outside code
 * fences, no blank lines at either end. Trailing spaces go, except the two that are a line break in markdown.
 */
export function tidyMarkdown(markdown: string): string {
  const kept: string[] = [];
  let fence = "";
  let blank = 0;
  for (const line of markdown.toWellFormed().split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})([^`]*)$/.exec(line);
    const wasInside = fence !== "";
    if (mark?.[1] !== undefined) {
      if (!wasInside) fence = mark[1];
      else if (mark[1].startsWith(fence) && mark[2]?.trim() === "") fence = "";
    }
    const text = wasInside ? line : trimEnd(line);
    blank = text === "" && !wasInside ? blank + 1 : 0;
    if (blank <= 2) kept.push(text);
  }
  while (kept.length > 0 && kept.at(-1)?.trim() === "") kept.pop();
  const start = kept.findIndex((line) => line.trim() !== "");
  return start <= 0 ? kept.join("\n") : kept.slice(start).join("\n");
}

function trimEnd(line: string): string {
  const text = line.trimEnd();
  return text !== "" && line === `${text}  ` ? line : text;
}
