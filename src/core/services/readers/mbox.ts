import { CancelledError, ItemError } from "@/core/models/errors";
import { nestedMarkdown } from "@/lib/nested-markdown";
import { readEmail } from "./email";
import type { ByteReader, DocumentInput, ReaderResult } from "./reader";
import { cleanTitle } from "./title";

/** Mails that are read of one mailbox; more are a mailbox that is better synced from where it is kept. */
const MOST_MAILS = 1_000;
/** Where a mail begins: `From`, who sent it, and a date that ends with the year or the zone behind it (RFC 4155). */
const ENVELOPE = /^From \S+.*\d{4}(?: [+-]\d{4})?\r?$/;
const LONGEST_ENVELOPE = 300;

/** A mailbox in one file: its mails in their order, each below its subject. */
export const readMbox: ByteReader = async (input) => {
  const mails = mailsIn(Buffer.from(input.bytes.buffer, input.bytes.byteOffset, input.bytes.byteLength));
  const sections: string[] = [];
  let newest: string | undefined;
  for (const bytes of mails.slice(0, MOST_MAILS)) {
    if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
    // Of a thousand mails the attachments are too many to read.
    const mail = await readOne({ ...input, bytes, depth: Infinity });
    const title = cleanTitle(mail.title ?? "") || "Without a subject";
    sections.push(`## ${title}\n\n${nestedMarkdown(mail.markdown, 3)}`);
    const { artifactDate } = mail;
    if (artifactDate !== undefined && artifactDate > (newest ?? "")) newest = artifactDate;
  }
  const note = leftOut(mails.length);
  return {
    markdown: [...sections, ...(note === undefined ? [] : [note])].join("\n\n"),
    kind: "email",
    metadata: { mails: mails.length },
    ...(newest === undefined ? {} : { artifactDate: newest }),
  };
};

/** A mail that cannot be read stands for itself alone. */
async function readOne(input: DocumentInput): Promise<ReaderResult> {
  try {
    return await readEmail(input);
  } catch (error) {
    if (!(error instanceof ItemError)) throw error;
    return { markdown: "> **Left out.** This mail cannot be read.", kind: "email" };
  }
}

/** The mails of a mailbox, without the lines that begin them. What stands before the first is none. */
function mailsIn(box: Buffer): Buffer[] {
  const starts: { at: number; head: number }[] = [];
  for (let at = 0; at !== -1; at = box.indexOf("\nFrom ", at)) {
    const begin = at === 0 ? 0 : at + 1;
    const end = box.indexOf("\n", begin);
    const line = box.toString(
      "latin1",
      begin,
      Math.min(end === -1 ? box.length : end, begin + LONGEST_ENVELOPE),
    );
    if (ENVELOPE.test(line) && isAfterBlankLine(box, begin)) starts.push({ at: begin, head: end + 1 });
    at = Math.max(begin, 1);
  }
  return starts.map(({ head }, index) => unquoted(box.subarray(head, starts[index + 1]?.at ?? box.length)));
}

function isAfterBlankLine(box: Buffer, at: number): boolean {
  return at === 0 || /\n\r?\n$/.test(box.toString("latin1", Math.max(0, at - 3), at));
}

/** Lines that would have begun a mail were written with `>` before them. */
function unquoted(mail: Buffer): Buffer {
  if (!mail.includes("\n>")) return mail;
  return Buffer.from(mail.toString("latin1").replaceAll(/^>(>*From )/gm, "$1"), "latin1");
}

function leftOut(mails: number): string | undefined {
  if (mails <= MOST_MAILS) return undefined;
  return `> **Cut here.** The first ${MOST_MAILS} of ${mails} mails are shown. Export smaller mailboxes for the rest.`;
}
