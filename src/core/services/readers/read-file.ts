import { ItemError, StoneturnerError, messageOf } from "@/core/models/errors";
import { shownName, shownSize } from "@/lib/file-names";
import { decodeText, markedCharset, unmarkedUtf16, type DecodedText } from "./decode-text";
import { isBinaryName, plainReader, readerFor } from "./formats";
import type { DocumentInput, ReadDocument, Reader, ReaderResult } from "./reader";
import { looksBinary, surelyBinary } from "./sniff";
import { tidyMarkdown } from "@/lib/tidy-markdown";
import { chooseTitle } from "./title";

/**
 * Makes clean markdown of one file on the thread that calls it, in time that a hostile file can stretch: callers use
 * `readDocument`, which has the same shape and sets a limit. Null when the file is binary.
 */
export async function readFile(input: DocumentInput): Promise<ReadDocument | null> {
  if (isBinaryName(input.path)) return null;
  try {
    return await read(input);
  } catch (error) {
    if (error instanceof StoneturnerError) throw error;
    // One file that trips a library up must not stop the others.
    throw new ItemError(`${shownName(input.path)} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

async function read(input: DocumentInput): Promise<ReadDocument | null> {
  const known = readerFor(input.path);
  if (known?.takes === "bytes") return finish(input, await readBytes(input, known));
  const utf16 = markedCharset(input.bytes) ?? unmarkedUtf16(input.bytes);
  const binary = known === undefined ? looksBinary(input.bytes) : surelyBinary(input.bytes);
  if (binary && utf16 === undefined) return null;
  const declared = declaredCharset(input);
  const decoded = decodeText(input.bytes, { truncated: input.truncated, declared });
  const reader = known ?? plainReader;
  return finish(input, await readText(input, reader, decoded.text), decoded);
}

async function readText(input: DocumentInput, reader: Reader, text: string): Promise<ReaderResult> {
  return reader.takes === "text" ? reader.read(input, text) : reader.read(input);
}

async function readBytes(input: DocumentInput, reader: Reader & { takes: "bytes" }): Promise<ReaderResult> {
  const name = shownName(input.path);
  if (input.truncated && reader.whole) {
    throw new ItemError(`${name} has ${shownSize(input.size)}, which is over the size limit.`, {
      action: "Raise the limit for this folder, or split the file.",
    });
  }
  if (input.bytes.length === 0 && reader.whole) {
    throw new ItemError(`${name} is empty.`, { action: "Save it again, or leave the file out." });
  }
  return reader.read(input);
}

function finish(input: DocumentInput, read: ReaderResult, decoded?: DecodedText): ReadDocument {
  const { title, markdown, metadata, ...rest } = read;
  const parts = [tidyMarkdown(markdown)];
  if (input.truncated) {
    const [whole, part] = [input.size, input.bytes.length].map(shownSize);
    parts.push(`> **Cut here.** The file has ${whole}; the first ${part} are shown.`);
  }
  return {
    ...rest,
    title: chooseTitle(input.path, title),
    markdown: parts.filter((part) => part !== "").join("\n\n"),
    metadata: {
      ...metadata,
      ...(decoded === undefined ? {} : { charset: decoded.charset }),
      ...(input.truncated ? { truncated: true } : {}),
    },
  };
}

/** The charset that a page names in its first kilobyte. */
function declaredCharset(input: DocumentInput): string | undefined {
  const head = new TextDecoder("latin1").decode(input.bytes.subarray(0, 1_024));
  return /<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w:-]{2,40})/i.exec(head)?.[1];
}
