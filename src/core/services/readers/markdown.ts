import { toIso } from "@/lib/time";
import { listField, splitFrontMatter, textField } from "./front-matter";
import type { ReaderResult, TextReader } from "./reader";
import { cleanTitle, firstHeading } from "./title";

/**
 * Markdown stays as it is, so that its line numbers stay true to the body. Front matter goes to the metadata, which
 * also notes on which line of the file the body begins.
 */
export const readMarkdown: TextReader = (_input, text) => {
  const front = splitFrontMatter(text);
  if (front === undefined || front === "unreadable") {
    const result: ReaderResult = { title: firstHeading(text), markdown: text, kind: "document" };
    return front === undefined ? result : { ...result, metadata: { frontMatter: "unreadable" } };
  }
  const { fields, body } = front;
  const tags = listField(fields, "tags", "keywords", "tag");
  const author = cleanTitle(textField(fields, "author", "authors", "by") ?? "");
  const date = toIso(textField(fields, "date", "updated", "lastmod", "modified", "created", "published"));
  const url = webAddress(textField(fields, "url", "permalink", "source", "link", "canonical_url"));
  return {
    title: textField(fields, "title") ?? firstHeading(body),
    markdown: body,
    kind: "document",
    ...(author === "" ? {} : { author }),
    ...(date === undefined ? {} : { artifactDate: date }),
    ...(url === undefined ? {} : { url }),
    metadata: {
      frontMatter: fields,
      bodyStartsAtLine: front.bodyStartsAtLine,
      ...(tags.length === 0 ? {} : { tags }),
    },
  };
};

/** `value` when it is a web address; a front matter's `/blog/one` is none. */
export function webAddress(value: string | undefined): string | undefined {
  const url = value === undefined ? null : URL.parse(value.trim());
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url.href : undefined;
}
