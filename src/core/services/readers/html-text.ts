import { nestedMarkdown } from "@/lib/nested-markdown";
import { readDocument } from "./read-document";

interface HtmlText {
  /** What messages call it, such as the item's title. */
  name: string;
  /** Level at which its own headings begin. */
  level: number;
  signal: AbortSignal;
}

/**
 * HTML that a source gives as the text of an item, as markdown below a heading of ours.
 *
 * @throws ItemError when it cannot be made into text.
 */
export async function htmlText(html: string, { name, level, signal }: HtmlText): Promise<string> {
  if (html.trim() === "") return "";
  const bytes = new TextEncoder().encode(`<meta charset="utf-8"><div>${html}</div>`);
  const read = await readDocument({
    path: `${name}.html`,
    bytes,
    size: bytes.length,
    truncated: false,
    signal,
  });
  return nestedMarkdown(read?.markdown ?? "", level);
}
