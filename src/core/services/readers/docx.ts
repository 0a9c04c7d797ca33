import { zipSync } from "fflate";
import mammoth from "mammoth";
import { CancelledError } from "@/core/models/errors";
import { commentsMarkdown } from "./comments";
import { docxComments, mainPart } from "./docx-comments";
import { htmlToMarkdown } from "./html";
import { graphicsOf } from "./office-graphics";
import { officeFacts } from "./office-facts";
import { damagedOffice, type OfficeParts, officeParts } from "./office-parts";
import type { ByteReader, DocumentInput } from "./reader";
import { firstHeading } from "./title";

/** A Word document: headings, lists, tables and links; pictures by their description; charts and comments at the end. */
export const readDocx: ByteReader = async (input) => {
  const parts = officeParts(input);
  const html = await toHtml(input, parts);
  if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
  const body = htmlToMarkdown(input, html).trim();
  const aside = [...graphicsOf(parts, mainPart(parts)), commentsMarkdown(docxComments(parts))];
  const markdown = [body, ...aside].filter((part) => part !== "").join("\n\n");
  const { title, ...facts } = officeFacts(parts);
  return { title: title ?? firstHeading(body), markdown, kind: "document", ...facts };
};

async function toHtml(input: DocumentInput, parts: OfficeParts): Promise<string> {
  try {
    const buffer = Buffer.from(zipSync(parts, { level: 0 }));
    const options = {
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: "" })),
    };
    return (await mammoth.convertToHtml({ buffer }, options)).value;
  } catch (error) {
    throw damagedOffice(input, error);
  }
}
