import { CancelledError } from "@/core/models/errors";
import { extensionOf } from "@/lib/file-names";
import { isBinaryName, readerFor } from "./formats";
import type { DocumentInput, ReadDocument } from "./reader";
import { ReaderThread } from "./reader-thread";

export type { DocumentInput, ReadDocument } from "./reader";

/** Longest time for one file, in milliseconds. */
const TIME_LIMIT_MS = 60_000;
/** Formats whose conversion can take long even when the file is small. */
const SLOW = new Set(["html", "htm", "xhtml", "eml", "mbox"]);
/** Text up to this many bytes is read at once; more could hold up everything else the process does. */
const MOST_AT_ONCE = 200_000;

/** The one thread for slow files. It starts with the first of them and ends by itself when none is left. */
const thread = new ReaderThread(TIME_LIMIT_MS);

/**
 * What is known of a file by its name alone: `text` is read in part when too long, `document` only whole, `unknown` is
 * decided by its bytes, `binary` need not be opened.
 */
export function canRead(path: string): "text" | "document" | "unknown" | "binary" {
  const reader = readerFor(path);
  if (reader === undefined) return isBinaryName(path) ? "binary" : "unknown";
  return reader.takes === "bytes" && reader.whole ? "document" : "text";
}

/**
 * Makes clean markdown of one file. Null when nothing can read it because it is binary. Throws `ItemError` in plain
 * words when the file is broken, locked, too large for its format or takes over a minute, and `CancelledError` when
 * the signal is aborted. Documents, pages, mails and long texts are read in a thread of their own, one after the other.
 */
export async function readDocument(input: DocumentInput): Promise<ReadDocument | null> {
  if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
  if (isBinaryName(input.path)) return null;
  const isSlow =
    canRead(input.path) === "document" ||
    SLOW.has(extensionOf(input.path)) ||
    input.bytes.length > MOST_AT_ONCE;
  if (isSlow) return thread.read(input);
  // Loaded with the first file: its tables of charsets take long at a start.
  const { readFile } = await import("./read-file");
  return readFile(input);
}
