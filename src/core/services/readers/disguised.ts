import { ItemError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import { decodeText } from "./decode-text";
import { readPlainText } from "./plain-text";
import { looksBinary } from "./sniff";
import type { DocumentInput, ReaderResult } from "./reader";

/**
 * Reads a file that has the name of an old Office document and is something else, as programs write that export to
 * "Word" or "Excel": a page, a saved page with its pictures, rich text, today's format, or plain text.
 *
 * @throws ItemError when it is none of these.
 */
export async function readDisguised(input: DocumentInput): Promise<ReaderResult> {
  const { bytes, signal } = input;
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 2_000)).replaceAll("\0", "");
  if (head.startsWith("PK")) return readToday(input);
  if (head.startsWith("{\\rtf")) return (await import("./rtf")).readRtf(input);
  if (/^\s*(?:\ufeff|\u00ef\u00bb\u00bf)?[\s\S]{0,500}?MIME-Version:/i.test(head))
    return (await import("./mhtml")).readMhtml(input);
  const declared = /charset\s*=\s*["']?([\w:-]{2,40})/i.exec(head)?.[1];
  const text = () => decodeText(bytes, { declared }).text;
  if (/<(?:html|!doctype|table|head|body|meta)/i.test(head))
    return (await import("./html")).readHtml(input, text());
  if (signal.aborted || looksBinary(bytes)) throw refused(input);
  return /\.xl[st]$/i.test(input.path)
    ? (await import("./csv")).readCsv(input, text())
    : readPlainText(input, text());
}

/** Today's Office writes a zip, whatever the name. */
async function readToday(input: DocumentInput): Promise<ReaderResult> {
  const names = new TextDecoder("latin1").decode(input.bytes.subarray(-65_536));
  if (names.includes("word/")) return (await import("./docx")).readDocx(input);
  if (names.includes("xl/")) return (await import("./xlsx")).readXlsx(input);
  if (names.includes("ppt/")) return (await import("./pptx")).readPptx(input);
  throw refused(input);
}

function refused(input: DocumentInput): ItemError {
  return new ItemError(`${shownName(input.path)} is not what its name says, and cannot be read.`, {
    action: "Open it in Office and save it again, or leave the file out.",
  });
}
