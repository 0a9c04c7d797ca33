import { strToU8, zipSync } from "fflate";
import { messageOf } from "@/core/models/errors";
import { readDocument, type ReadDocument } from "./read-document";
import type { DocumentInput } from "./reader";

/** Builds the input for a file that was read whole; text is written as UTF-8. */
export function fileOf(path: string, content: string | Uint8Array, more: Partial<DocumentInput> = {}) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const input: DocumentInput = {
    path,
    bytes,
    size: bytes.length,
    truncated: false,
    signal: new AbortController().signal,
    ...more,
  };
  return input;
}

/** Reads a file that must be readable. */
export async function readWhole(
  path: string,
  content: string | Uint8Array,
  more: Partial<DocumentInput> = {},
): Promise<ReadDocument> {
  const read = await readDocument(fileOf(path, content, more));
  if (read === null) throw new Error(`${path} was taken for binary`);
  return read;
}

/** The error that `work` fails with; fails itself when `work` does not. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const nothing = Symbol("no failure");
  const failure = await work.then(
    () => nothing,
    (error: unknown) => error,
  );
  if (failure === nothing) throw new Error("it was expected to fail");
  return failure;
}

/** What a person is told when `work` fails. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  return messageOf(await failureOf(work));
}

const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** A real Word file: `body` is WordprocessingML, `parts` are further parts by name. */
export function docxOf(body: string, parts: Record<string, string> = {}): Uint8Array {
  const files: Record<string, string> = {
    "[Content_Types].xml":
      `<?xml version="1.0"?><Types xmlns="${PACKAGE}/content-types">` +
      `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/></Types>`,
    "_rels/.rels":
      `<?xml version="1.0"?><Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/document.xml": `<?xml version="1.0"?><w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`,
    "word/styles.xml":
      `<?xml version="1.0"?><w:styles xmlns:w="${WORD}"><w:style w:type="paragraph" w:styleId="H1">` +
      `<w:name w:val="heading 1"/></w:style></w:styles>`,
    "word/_rels/document.xml.rels":
      `<?xml version="1.0"?><Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="s1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

/** One paragraph of WordprocessingML. */
export function wordParagraph(text: string, style = ""): string {
  const properties = style === "" ? "" : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`;
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** A real PDF by hand: one page for each list of `[size, y, text]`, with document properties. */
export function pdfOf(pages: [size: number, y: number, text: string][][], info = ""): Uint8Array {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${5 + at * 2} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    `<< ${info} >>`,
  ];
  for (const lines of pages) {
    const stream = lines
      .map(([size, y, text]) => `BT /F1 ${size} Tf 72 ${y} Td (${text.replaceAll(/[\\()]/g, "\\$&")}) Tj ET`)
      .join("\n");
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${objects.length + 2} 0 R ` +
        "/Resources << /Font << /F1 3 0 R >> >> >>",
      `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    );
  }
  return pdfFrom(objects);
}

/** A PDF of these objects, numbered from 1: the first is the catalogue, the fourth the properties. */
export function pdfFrom(objects: readonly string[]): Uint8Array {
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  text +=
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}
