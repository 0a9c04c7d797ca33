import type { RenderedArtifact } from "@/core/models/models";
import { plainLine } from "@/lib/clean-text";
import { factList, lineText } from "@/lib/markdown-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import type { WebPage } from "../models/web-page";

/** One page as markdown: its title, where it stands, its text. Null where nothing is left of that. */
export function renderPage(page: WebPage): RenderedArtifact | null {
  const { key, url, title, site, language } = page;
  const text = cleanPage(page.markdown, title);
  if (text === "") return null;
  const facts = factList({ Site: site, Language: language });
  const date = page.modifiedAt ?? page.publishedAt;
  return {
    integrationArtifactId: `web:${key}`,
    kind: "document",
    title,
    url,
    markdown: [`# ${lineText(title)}`, facts, nestedMarkdown(text, 2)]
      .filter((part) => part !== "")
      .join("\n\n"),
    ...(date === null ? {} : { artifactDate: date }),
  };
}

/** Words of the text, for SQL. */
export function wordsOf({ markdown, title }: WebPage): number {
  return cleanPage(markdown, title).match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

/** Without what only a browser needs: marks to link to a heading, "skip to content", pictures' placeholders, the title once more. */
function cleanPage(markdown: string, title: string): string {
  const kept: string[] = [];
  let [isCode, isAfterMark] = [false, false];
  for (const line of markdown.replaceAll(/\r\n?/g, "\n").split("\n")) {
    if (/^ {0,3}(?:`{3}|~{3})/.test(line)) isCode = !isCode;
    const text = isCode ? line : withoutMarks(line);
    const isMark = text.trim() === "" && line.trim() !== "";
    // With a line that is left out goes the empty one below it.
    if (!isMark && !(isAfterMark && text.trim() === "")) kept.push(text);
    isAfterMark = isMark;
  }
  const first = kept.findIndex((line) => line.trim() !== "");
  const heading = /^# +(\S.*)$/.exec(kept[first]?.trim() ?? "")?.[1];
  const isTitle = heading !== undefined && plainLine(heading) === title;
  return kept
    .slice(isTitle ? first + 1 : 0)
    .join("\n")
    .trim();
}

function withoutMarks(line: string): string {
  if (!line.includes("](") && !line.includes("Base64")) return line;
  const text = line
    // A link of a heading to itself, whose text is a mark or nothing.
    .replaceAll(/\[(?:[#¶§\u200b]| )?\]\([^()\s]*#[^()\s]*(?: "[^"]*")?\)/g, "")
    .replaceAll(/!?\[[^[\]]*\]\(<Base64-Image-Removed>\)/g, "");
  const isSkip = /^\[(?:skip|jump) to [^[\]]{3,40}\]\([^()\s]*\)$/i.test(text.trim());
  return isSkip ? "" : text;
}
