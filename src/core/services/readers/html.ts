import { ItemError, CancelledError } from "@/core/models/errors";
import type { JsonValue } from "@/core/models/artifact";
import { toIso } from "@/lib/time";
import { shownName } from "@/lib/file-names";
import { hastToMarkdown } from "./html-markdown";
import { firstH1, mainContent } from "./html-main";
import { parseHtml } from "./html-tree";
import { webAddress } from "./markdown";
import type { DocumentInput, ReaderResult, TextReader } from "./reader";
import { cleanTitle } from "./title";

/** The main content of a page; title, author, date and address from its head. */
export const readHtml: TextReader = (input, text) => {
  const page = parseHtml(text, input.signal);
  const { meta } = page;
  const author = cleanTitle(meta["author"] ?? meta["article:author"] ?? "");
  const date = toIso(meta["article:published_time"] ?? meta["date"] ?? meta["dcterms.date"]);
  const url = webAddress(page.canonical) ?? webAddress(meta["og:url"]);
  const metadata: Record<string, JsonValue> = {};
  if (page.lang !== undefined && /^[a-z]{2,3}\b/i.test(page.lang)) metadata["lang"] = page.lang.slice(0, 35);
  const description = cleanTitle(meta["description"] ?? meta["og:description"] ?? "");
  if (description !== "") metadata["description"] = description;
  const markdown = convert(input, () => hastToMarkdown(mainContent(page.body)));
  const result: ReaderResult = {
    title: cleanTitle(page.title ?? "") || cleanTitle(meta["og:title"] ?? "") || firstH1(page.body),
    markdown: page.cut ? `${markdown}\n\n> **Cut here.** The page is nested too deep to read on.` : markdown,
    kind: "document",
    metadata,
  };
  if (author !== "") result.author = author;
  if (date !== undefined) result.artifactDate = date;
  if (url !== undefined) result.url = url;
  return result;
};

/** HTML from inside another format (a mail's body, a converted document) as markdown, nothing left aside. */
export function htmlToMarkdown(input: DocumentInput, html: string): string {
  return convert(input, () => hastToMarkdown(parseHtml(html, input.signal).body));
}

function convert(input: DocumentInput, work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    throw new ItemError(`${shownName(input.path)} holds HTML that cannot be made into text.`, {
      action: "Save it from a browser again, or leave the file out.",
      cause: error,
    });
  }
}
