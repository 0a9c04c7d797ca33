import { ItemError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import { type CompoundFolder, isCompound, readCompound } from "./cfb";
import { charsetOf, fileTime } from "./cfb-properties";
import { decodeText } from "./decode-text";
import { htmlToMarkdown } from "./html";
import { attachmentSections } from "./mail-attachments";
import { mailResult, mailText, nameAndAddress } from "./mail-result";
import { readPlainText } from "./plain-text";
import type { ByteReader, DocumentInput, ReaderResult } from "./reader";
import { looksBinary } from "./sniff";
import { cleanTitle } from "./title";

/** What Outlook keeps, by its numbers (MS-OXPROPS). */
const [SUBJECT, BODY, HTML, HEADERS] = ["0037", "1000", "1013", "007D"];
const [SENDER, SENDER_ADDRESS, SENDER_SMTP] = ["0C1A", "0C1F", "5D01"];
const [MESSAGE_ID, IN_REPLY_TO, DISPLAY_TO, DISPLAY_CC] = ["1035", "1042", "0E04", "0E03"];
const [NAME, ADDRESS, SMTP_ADDRESS] = ["3001", "3003", "39FE"];
const [LONG_FILE_NAME, FILE_NAME, CONTENT] = ["3707", "3704", "3701"];
const [SENT, RECEIVED, CODE_PAGE, HTML_CODE_PAGE, RECIPIENT_TYPE] = [0x0039, 0x0e06, 0x3ffd, 0x3fde, 0x0c15];
const [TO, CC] = [1, 2];

/** A mail as Outlook saves it (`.msg`): who wrote to whom and when, its text, and its attachments. */
export const readMsg: ByteReader = async (input) => {
  // Other programs keep mails, and definitions of messages between machines, as text under this name.
  if (!isCompound(input.bytes) && !looksBinary(input.bytes)) return readText(input);
  const message = new Properties(open(input), 32);
  const recipients = message.children("__recip_version1.0_", 8);
  const people = (type: number, shown: string) => {
    const listed = recipients.filter((one) => one.number(RECIPIENT_TYPE) === type).map(personOf);
    return listed.length > 0 ? listed : splitNames(message.text(shown));
  };
  const from = nameAndAddress(
    cleanTitle(message.text(SENDER)),
    addressOf(message, SENDER_SMTP, SENDER_ADDRESS),
  );
  const attachments = message.children("__attach_version1.0_", 8).map((one) => {
    const name = one.text(LONG_FILE_NAME) || one.text(FILE_NAME) || one.text(NAME);
    return { name: cleanTitle(name), bytes: one.bytes(CONTENT) };
  });
  return mailResult({
    from,
    to: people(TO, DISPLAY_TO),
    cc: people(CC, DISPLAY_CC),
    date: message.time(SENT) ?? message.time(RECEIVED) ?? headerDate(message.text(HEADERS)),
    subject: message.text(SUBJECT) || undefined,
    body: bodyOf(input, message),
    attachments: attachments.map(({ name }) => name || "unnamed"),
    sections: await attachmentSections(input, attachments),
    messageId: message.text(MESSAGE_ID) || undefined,
    inReplyTo: message.text(IN_REPLY_TO) || undefined,
  });
};

async function readText(input: DocumentInput): Promise<ReaderResult> {
  const { text } = decodeText(input.bytes);
  if (
    !/^(?:From|Received|Return-Path|Date|Subject|Message-ID|MIME-Version|X-[\w-]+):/im.test(
      text.slice(0, 500),
    )
  )
    return readPlainText(input, text);
  return (await import("./email")).readEmail(input);
}

function open(input: DocumentInput): CompoundFolder {
  try {
    return readCompound(input.bytes);
  } catch (error) {
    throw new ItemError(`${shownName(input.path)} is not a mail of Outlook's that can be read.`, {
      action: "Save the mail again from Outlook, or leave the file out.",
      cause: error,
    });
  }
}

/** The properties of a message, of one of its recipients or attachments. */
class Properties {
  readonly #fixed = new Map<number, DataView>();

  constructor(
    private readonly folder: CompoundFolder,
    head: number,
    private readonly charset?: string,
  ) {
    const bytes = folder.streams.get("__properties_version1.0") ?? new Uint8Array();
    for (let at = head; at + 16 <= bytes.length; at += 16) {
      const entry = new DataView(bytes.buffer, bytes.byteOffset + at, 16);
      this.#fixed.set(entry.getUint16(2, true), entry);
    }
    const page = this.number(CODE_PAGE) ?? this.number(HTML_CODE_PAGE);
    this.charset ??= page === undefined ? undefined : charsetOf(page);
  }

  children(prefix: string, head: number): Properties[] {
    return [...this.folder.folders]
      .filter(([name]) => name.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, folder]) => new Properties(folder, head, this.charset));
  }

  number(id: number): number | undefined {
    return this.#fixed.get(id)?.getUint32(8, true);
  }

  time(id: number): string | undefined {
    const value = this.#fixed.get(id)?.getBigUint64(8, true);
    return value === undefined ? undefined : fileTime(value);
  }

  bytes(id: string): Uint8Array | undefined {
    return this.folder.streams.get(`__substg1.0_${id.toLowerCase()}0102`);
  }

  /** A text, in Unicode or in the code page of who wrote it; empty when there is none. */
  text(id: string): string {
    const wide = this.folder.streams.get(`__substg1.0_${id.toLowerCase()}001f`);
    if (wide !== undefined) return mailText(new TextDecoder("utf-16le").decode(wide));
    const narrow = this.folder.streams.get(`__substg1.0_${id.toLowerCase()}001e`);
    return narrow === undefined ? "" : mailText(decodeText(narrow, { declared: this.charset }).text);
  }
}

function bodyOf(input: DocumentInput, message: Properties): string {
  const text = message.text(BODY);
  if (text.trim() !== "") return text.trimStart();
  const bytes = message.bytes(HTML);
  const page = message.number(HTML_CODE_PAGE);
  const declared = page === undefined ? undefined : charsetOf(page);
  const html = bytes === undefined ? message.text(HTML) : decodeText(bytes, { declared }).text;
  return html.trim() === "" ? "" : htmlToMarkdown(input, html);
}

function personOf(recipient: Properties): string {
  return nameAndAddress(cleanTitle(recipient.text(NAME)), addressOf(recipient, SMTP_ADDRESS, ADDRESS));
}

/** An address within a company is a path of its directory (`/O=…`), which says nothing to a reader. */
function addressOf(of: Properties, ...ids: string[]): string {
  const found = ids.map((id) => cleanTitle(of.text(id))).find((address) => address.includes("@"));
  return found ?? "";
}

function splitNames(list: string): string[] {
  return list
    .split(";")
    .map((name) => cleanTitle(name))
    .filter((name) => name !== "");
}

function headerDate(headers: string): string | undefined {
  return /^Date:\s*(.{1,100})$/im.exec(headers)?.[1];
}
