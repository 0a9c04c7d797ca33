import { CancelledError } from "@/core/models/errors";
import { commentsMarkdown } from "./comments";
import { htmlToMarkdown } from "./html";
import { CONTENT, odfComments, odfFacts, odfParts, odfStyles } from "./odf";
import { OdfHtml } from "./odf-html";
import { walkXml } from "./office-parts";
import type { ByteReader } from "./reader";
import { firstHeading } from "./title";

/** A text document (OpenDocument): headings, lists, tables, links and footnotes; comments at the end. */
export const readOdt: ByteReader = (input) => {
  const parts = odfParts(input);
  const text = new OdfHtml(odfStyles(parts));
  walkXml(parts, CONTENT, text);
  if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
  const body = htmlToMarkdown(input, text.take()).trim();
  const comments = commentsMarkdown(odfComments(text.comments));
  const facts = odfFacts(parts);
  return {
    ...facts,
    title: facts.title ?? firstHeading(body),
    markdown: [body, comments].filter((part) => part !== "").join("\n\n"),
    kind: "document",
  };
};
