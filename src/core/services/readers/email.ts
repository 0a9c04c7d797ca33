import PostalMime, { type Address, type Email } from "postal-mime";
import { ItemError } from "@/core/models/errors";
import { toIso } from "@/lib/time";
import { shownName } from "@/lib/file-names";
import { decodeText } from "./decode-text";
import { htmlToMarkdown } from "./html";
import type { ByteReader, DocumentInput, ReaderResult } from "./reader";
import { cleanTitle } from "./title";

const MOST_PEOPLE = 50;

/** A mail: who wrote to whom and when, the text (or the HTML) of it, and its attachments by name. */
export const readEmail: ByteReader = async (input) => {
  const email = await parseEmail(input);
  const from = email.from ?? email.sender;
  const author = from === undefined ? "" : person(from);
  const date = toIso(email.date);
  const bare = from === undefined && email.subject === undefined && email.date === undefined;
  // Without a head it is a text that was merely named like a mail.
  const body = (bodyOf(input, email) || (bare ? decodeText(input.bytes).text : "")).trimEnd();
  const attachments = email.attachments
    .filter((attachment) => attachment.related !== true)
    .map((attachment) => cleanTitle(attachment.filename ?? "") || `unnamed (${attachment.mimeType})`);
  const head = [
    ["From", author],
    ["To", people(email.to)],
    ["Cc", people(email.cc)],
    ["Date", date ?? cleanTitle(email.date ?? "")],
    ["Subject", cleanTitle(email.subject ?? "")],
  ]
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `- **${name}:** ${value}`);
  const files =
    attachments.length === 0 ? "" : `## Attachments\n\n${attachments.map((name) => `- ${name}`).join("\n")}`;
  const result: ReaderResult = {
    title: email.subject,
    markdown: [head.join("\n"), body, files].filter((part) => part !== "").join("\n\n"),
    kind: "email",
    metadata: {
      to: (email.to ?? []).slice(0, MOST_PEOPLE).map(person),
      ...(email.messageId === undefined ? {} : { messageId: cleanTitle(email.messageId) }),
      ...(email.inReplyTo === undefined ? {} : { inReplyTo: cleanTitle(email.inReplyTo) }),
      ...(attachments.length === 0 ? {} : { attachments }),
    },
  };
  if (author !== "") result.author = author;
  if (date !== undefined) result.artifactDate = date;
  return result;
};

async function parseEmail(input: DocumentInput): Promise<Email> {
  try {
    return await PostalMime.parse(input.bytes);
  } catch (error) {
    throw new ItemError(`${shownName(input.path)} is not a mail that can be read.`, {
      action: "Save the mail again from the mail program, or leave the file out.",
      cause: error,
    });
  }
}

function bodyOf(input: DocumentInput, email: Email): string {
  const text = clean(email.text ?? "");
  if (text.trim() !== "") return text;
  return email.html === undefined ? "" : htmlToMarkdown(input, clean(email.html));
}

function clean(text: string): string {
  return text.replaceAll("\0", "").replaceAll(/\r\n?/g, "\n").toWellFormed();
}

function people(list: readonly Address[] | undefined): string {
  const shown = (list ?? []).slice(0, MOST_PEOPLE).map(person);
  const more = (list?.length ?? 0) - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

/** `Ada Lovelace (ada@example.com)`: angle brackets would read as HTML. */
function person(address: Address): string {
  const name = cleanTitle(address.name);
  const at = cleanTitle(address.address ?? (address.group ?? []).map((one) => one.address).join(", "));
  if (name === "" || name === at) return at;
  return at === "" ? name : `${name} (${at})`;
}
