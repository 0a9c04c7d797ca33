import { CancelledError } from "@/core/models/errors";
import { toIso } from "@/lib/time";
import { htmlToMarkdown } from "./html";
import { damagedOffice, type OfficeParts, officeParts, walkXml } from "./office-parts";
import type { ByteReader, ReaderResult } from "./reader";
import { cleanTitle } from "./title";

const PARTS = /\.(?:xml|opf|x?html?)$/i;

/** What a book's package says (EPUB 3.3): its facts, and its chapters in the order in which they are read. */
interface Package {
  facts: Map<string, string>;
  chapters: string[];
}

/** A book: its chapters in their order; title, author and date from its package. */
export const readEpub: ByteReader = (input) => {
  const parts = officeParts(input, PARTS);
  const book = packageOf(parts);
  if (book === undefined) throw damagedOffice(input);
  const chapters = book.chapters.map((path) => {
    if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
    return htmlToMarkdown(input, new TextDecoder().decode(parts[path])).trim();
  });
  const author = cleanTitle(book.facts.get("creator") ?? "");
  const date = toIso(book.facts.get("date"));
  const result: ReaderResult = {
    title: cleanTitle(book.facts.get("title") ?? ""),
    markdown: chapters.filter((chapter) => chapter !== "").join("\n\n"),
    kind: "document",
    metadata: { chapters: chapters.length },
  };
  if (author !== "") result.author = author;
  if (date !== undefined) result.artifactDate = date;
  return result;
};

function packageOf(parts: OfficeParts): Package | undefined {
  let path = "";
  walkXml(parts, "META-INF/container.xml", {
    open: (name, { "full-path": full = "" }) => {
      if (name === "rootfile" && path === "") path = full;
    },
  });
  if (parts[path] === undefined) return undefined;
  const facts = new Map<string, string>();
  const files = new Map<string, string>();
  const order: string[] = [];
  let inside = "";
  walkXml(parts, path, {
    open: (name, { id = "", href = "", idref = "", properties = "" }) => {
      inside = name;
      // The table of contents repeats the headings.
      if (name === "item" && !properties.split(" ").includes("nav")) files.set(id, href);
      else if (name === "itemref") order.push(idref);
    },
    text: (text) => {
      if (["title", "creator", "date"].includes(inside)) facts.set(inside, (facts.get(inside) ?? "") + text);
    },
    close: () => (inside = ""),
  });
  const chapters = order.flatMap((id) => pathOf(files.get(id), path) ?? []);
  return { facts, chapters: chapters.filter((chapter) => parts[chapter] !== undefined) };
}

/** Addresses are relative to the package, and written as on the web. */
function pathOf(href: string | undefined, from: string): string | undefined {
  const url = href === undefined ? null : URL.parse(href, `zip:///${from}`);
  if (url === null) return undefined;
  try {
    return decodeURIComponent(url.pathname.slice(1));
  } catch {
    return undefined; // No address at all: the chapter is not to be found.
  }
}
