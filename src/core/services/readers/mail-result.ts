import { toIso } from "@/lib/time";
import type { ReaderResult } from "./reader";
import { cleanTitle } from "./title";

const MOST_PEOPLE = 50;

/** What is known of a mail, from whatever program it comes. */
export interface Mail {
  from: string;
  to: string[];
  cc: string[];
  date: string | undefined;
  subject: string | undefined;
  /** Markdown, or text as it was written. */
  body: string;
  /** By name. */
  attachments: string[];
  /** What the attachments say, each below its name. */
  sections: string[];
  messageId: string | undefined;
  inReplyTo: string | undefined;
}

/** A mail as a document: its head as a list, its text, its attachments by name, and what they say. */
export function mailResult(mail: Mail): ReaderResult {
  const { from, to, attachments, messageId, inReplyTo } = mail;
  const date = toIso(mail.date);
  const head = [
    ["From", from],
    ["To", people(to)],
    ["Cc", people(mail.cc)],
    ["Date", date ?? cleanTitle(mail.date ?? "")],
    ["Subject", cleanTitle(mail.subject ?? "")],
  ]
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `- **${name}:** ${value}`);
  const files =
    attachments.length === 0 ? "" : `## Attachments\n\n${attachments.map((name) => `- ${name}`).join("\n")}`;
  const result: ReaderResult = {
    title: mail.subject,
    markdown: [head.join("\n"), mail.body.trimEnd(), files, ...mail.sections]
      .filter((part) => part !== "")
      .join("\n\n"),
    kind: "email",
    metadata: {
      to: to.slice(0, MOST_PEOPLE),
      ...(messageId === undefined ? {} : { messageId: cleanTitle(messageId) }),
      ...(inReplyTo === undefined ? {} : { inReplyTo: cleanTitle(inReplyTo) }),
      ...(attachments.length === 0 ? {} : { attachments }),
    },
  };
  if (from !== "") result.author = from;
  if (date !== undefined) result.artifactDate = date;
  return result;
}

function people(list: readonly string[]): string {
  const shown = list.slice(0, MOST_PEOPLE);
  const more = list.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

/** `Ada Lovelace (ada@example.com)`: angle brackets would read as HTML. */
export function nameAndAddress(name: string, address: string): string {
  if (name === "" || name === address) return address;
  return address === "" ? name : `${name} (${address})`;
}

/** Text of a mail without what has no place in one. */
export function mailText(text: string): string {
  return text.replaceAll("\0", "").replaceAll(/\r\n?/g, "\n").toWellFormed();
}
