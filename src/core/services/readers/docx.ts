import { zipSync } from "fflate";
import mammoth from "mammoth";
import { CancelledError, ItemError } from "@/core/models/errors";
import { toIso } from "@/lib/time";
import { shownName } from "@/lib/file-names";
import { htmlToMarkdown } from "./html";
import type { ByteReader, DocumentInput, ReaderResult } from "./reader";
import { cleanTitle, firstHeading } from "./title";
import { ZipTooLarge, unpackZip } from "./zip-guard";

/** Text of one part of the document; more is a machine's work, and would hold up the process for a minute. */
const LARGEST_PART = 30 * 1024 * 1024;
const PASSWORD_MARK = [0xd0, 0xcf, 0x11, 0xe0];

/** A Word document: headings, lists, tables and links; pictures by their description. */
export const readDocx: ByteReader = async (input) => {
  const name = shownName(input.path);
  if (PASSWORD_MARK.every((byte, index) => input.bytes[index] === byte)) {
    throw new ItemError(`${name} is protected by a password, or is an old .doc file.`, {
      action: "Save it in Word as .docx without a password.",
    });
  }
  const parts = unpack(input);
  const html = await toHtml(input, parts);
  if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
  const markdown = htmlToMarkdown(input, html);
  const core = new TextDecoder().decode(parts["docProps/core.xml"]?.subarray(0, 64_000));
  const author = cleanTitle(property(core, "dc:creator"));
  const date = toIso(property(core, "dcterms:modified") || property(core, "dcterms:created"));
  const result: ReaderResult = {
    title: cleanTitle(property(core, "dc:title")) || firstHeading(markdown),
    markdown,
    kind: "document",
  };
  if (author !== "") result.author = author;
  if (date !== undefined) result.artifactDate = date;
  return result;
};

/** The document's parts without its pictures. */
function unpack(input: DocumentInput): Record<string, Uint8Array> {
  const name = shownName(input.path);
  try {
    const parts = unpackZip(input.bytes, (part) => /\.(xml|rels)$/i.test(part));
    const largest = Math.max(0, ...Object.values(parts).map((part) => part.length));
    if (largest > LARGEST_PART) throw new ZipTooLarge(`a part has ${largest} bytes`);
    return parts;
  } catch (error) {
    if (error instanceof ZipTooLarge) {
      throw new ItemError(`${name} unpacks to far more than a document holds and is not read.`, {
        action: "Check where the file comes from, or leave it out.",
        cause: error,
      });
    }
    throw damaged(name, error);
  }
}

async function toHtml(input: DocumentInput, parts: Record<string, Uint8Array>): Promise<string> {
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
    throw damaged(shownName(input.path), error);
  }
}

function damaged(name: string, cause: unknown): ItemError {
  return new ItemError(`${name} is damaged and cannot be read.`, {
    action: "Open it in Word and save it again, or leave the file out.",
    cause,
  });
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
