import PostalMime, { type Address, type Email } from "postal-mime";
import { ItemError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import { decodeText } from "./decode-text";
import { htmlToMarkdown } from "./html";
import { attachmentSections } from "./mail-attachments";
import { mailResult, mailText, nameAndAddress } from "./mail-result";
import type { ByteReader, DocumentInput } from "./reader";
import { cleanTitle } from "./title";

/** A mail: who wrote to whom and when, the text (or the HTML) of it, and its attachments. */
export const readEmail: ByteReader = async (input) => {
  const email = await parseEmail(input);
  const from = email.from ?? email.sender;
  const attached = email.attachments.filter((attachment) => attachment.related !== true);
  const bare = from === undefined && email.subject === undefined && email.date === undefined;
  return mailResult({
    from: from === undefined ? "" : person(from),
    to: (email.to ?? []).map(person),
    cc: (email.cc ?? []).map(person),
    date: email.date,
    subject: email.subject,
    // Without a head it is a text that was merely named like a mail.
    body: bodyOf(input, email) || (bare ? decodeText(input.bytes).text : ""),
    attachments: attached.map(
      ({ filename, mimeType }) => cleanTitle(filename ?? "") || `unnamed (${mimeType})`,
    ),
    sections: await attachmentSections(
      input,
      attached.map(({ filename, content }) => ({ name: filename ?? "", bytes: bytesOf(content) })),
    ),
    messageId: email.messageId,
    inReplyTo: email.inReplyTo,
  });
};

/** A mail in its parts. @throws ItemError where the bytes are none */
export async function parseEmail(input: DocumentInput): Promise<Email> {
  try {
    return await PostalMime.parse(input.bytes);
  } catch (error) {
    throw new ItemError(`${shownName(input.path)} is not a mail that can be read.`, {
      action: "Save the mail again from the mail program, or leave the file out.",
      cause: error,
    });
  }
}

function bytesOf(content: string | ArrayBuffer | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
}

function bodyOf(input: DocumentInput, email: Email): string {
  const text = mailText(email.text ?? "");
  if (text.trim() !== "") return text;
  return email.html === undefined ? "" : htmlToMarkdown(input, mailText(email.html));
}

function person(address: Address): string {
  const name = cleanTitle(address.name);
  const at = cleanTitle(address.address ?? (address.group ?? []).map((one) => one.address).join(", "));
  return nameAndAddress(name, at);
}
