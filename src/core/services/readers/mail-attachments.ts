import { CancelledError, ItemError } from "@/core/models/errors";
import { clip } from "@/lib/clean-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import { isBinaryName, readerFor } from "./formats";
import type { DocumentInput } from "./reader";
import { cleanTitle } from "./title";

/** So many attachments of a mail are read; the others are told by name. */
const MOST_READ = 20;
const LARGEST = 20_000_000;
/** Characters that are shown of one. */
const MOST_SHOWN = 100_000;
/** Reading goes on to the next attachment for so long: the mail itself must not be lost over them. */
const LONGEST_MS = 20_000;
/** A mail may hold a mail, which holds a mail. */
const DEEPEST = 3;

export interface Attachment {
  name: string;
  /** Undefined when there is none to be read. */
  bytes: Uint8Array | undefined;
}

/** What the attachments of a mail say, those that are documents or text: a section for each, below its name. */
export async function attachmentSections(
  mail: DocumentInput,
  attachments: readonly Attachment[],
): Promise<string[]> {
  const depth = mail.depth ?? 0;
  if (depth >= DEEPEST) return [];
  const start = performance.now();
  const sections: string[] = [];
  for (const { name, bytes } of attachments.slice(0, MOST_READ)) {
    if (mail.signal.aborted) throw new CancelledError("Reading was stopped.");
    const isRead = readerFor(name) !== undefined && !isBinaryName(name);
    if (bytes === undefined || bytes.length === 0 || bytes.length > LARGEST || !isRead) continue;
    if (performance.now() - start > LONGEST_MS) break;
    const text = await textOf({
      ...mail,
      path: name,
      bytes,
      size: bytes.length,
      truncated: false,
      depth: depth + 1,
    });
    if (text !== "") sections.push(`### ${cleanTitle(name)}\n\n${text}`);
  }
  return sections;
}

async function textOf(input: DocumentInput): Promise<string> {
  // Loaded here: it leads back to the readers of mails.
  const { readFile } = await import("./read-file");
  try {
    const read = await readFile(input);
    return clip(nestedMarkdown(read?.markdown ?? "", 4), MOST_SHOWN);
  } catch (error) {
    // Locked, broken, or too large for its format: its name still shows.
    if (error instanceof ItemError) return "";
    throw error;
  }
}
