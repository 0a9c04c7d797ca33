import { zipSync } from "fflate";
import mammoth from "mammoth";
import { CancelledError } from "@/core/models/errors";
import { toIso } from "@/lib/time";
import { commentsMarkdown } from "./comments";
import { docxComments, mainPart } from "./docx-comments";
import { htmlToMarkdown } from "./html";
import { graphicsOf } from "./office-graphics";
import { damagedOffice, type OfficeParts, officeParts } from "./office-parts";
import type { ByteReader, DocumentInput, ReaderResult } from "./reader";
import { cleanTitle, firstHeading } from "./title";

/** A Word document: headings, lists, tables and links; pictures by their description; charts and comments at the end. */
export const readDocx: ByteReader = async (input) => {
  const parts = officeParts(input);
  const html = await toHtml(input, parts);
  if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
  const body = htmlToMarkdown(input, html).trim();
  const aside = [...graphicsOf(parts, mainPart(parts)), commentsMarkdown(docxComments(parts))];
  const markdown = [body, ...aside].filter((part) => part !== "").join("\n\n");
  const core = new TextDecoder().decode(parts["docProps/core.xml"]?.subarray(0, 64_000));
  const author = cleanTitle(property(core, "dc:creator"));
  const date = toIso(property(core, "dcterms:modified") || property(core, "dcterms:created"));
  const result: ReaderResult = {
    title: cleanTitle(property(core, "dc:title")) || firstHeading(body),
    markdown,
    kind: "document",
  };
  if (author !== "") result.author = author;
  if (date !== undefined) result.artifactDate = date;
  return result;
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

/** One simple element's text from the document's properties. */
function property(xml: string, element: string): string {
  const start = xml.indexOf(`<${element}`);
  const open = start === -1 ? -1 : xml.indexOf(">", start);
  const end = open === -1 || xml[open - 1] === "/" ? -1 : xml.indexOf(`</${element}>`, open);
  if (end === -1) return "";
  return xml
    .slice(open + 1, end)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");
}
