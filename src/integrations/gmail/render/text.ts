/** What one message says, as markdown below a heading of ours. */
import { ItemError } from "@/core/models/errors";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import { decodeText } from "@/core/services/readers/decode-text";
import { htmlText } from "@/core/services/readers/html-text";
import { cleanText } from "@/lib/clean-text";
import { inlineText, lineText } from "@/lib/markdown-text";
import type { GmailApi } from "../api/gmail-api";
import { headerOf, isHtml, type Mail } from "../models/mail";
import type { Part } from "../models/models";

/** Level at which headings in a message begin. */
const LEVEL = 3;

export async function textOf(mail: Mail, api: GmailApi, signal: AbortSignal): Promise<string> {
  const texts: string[] = [];
  for (const part of mail.texts) {
    const text = await decoded(mail.id, part, api);
    texts.push(isHtml(part) ? await fromHtml(text, mail.subject, signal) : plainMarkdown(text));
  }
  return texts.filter((text) => text !== "").join("\n\n");
}

/** Gmail gives most text as UTF-8 whatever it was sent in; what it leaves as it was names its charset. */
async function decoded(messageId: string, part: Part, api: GmailApi): Promise<string> {
  const { data, attachmentId } = part.body ?? {};
  const given = data ?? (attachmentId ? await largeText(messageId, attachmentId, api) : "");
  const declared = /charset="?([\w.:-]+)/i.exec(headerOf(part, "content-type"))?.[1];
  return decodeText(Buffer.from(given, "base64url"), { declared }).text;
}

/** Where it is not to be had, the thread itself is still there: its text must not pass for deleted. */
async function largeText(messageId: string, attachmentId: string, api: GmailApi): Promise<string> {
  const data = await unlessRefused(api.attachment(messageId, attachmentId), MissingError, ForbiddenError);
  if (data === undefined)
    throw new ItemError("Gmail did not give the text of a long message of this thread.", {
      action: "What was read before is kept, and it is asked for again.",
    });
  return data;
}

/** A message that nobody can read stands for itself alone. */
async function fromHtml(html: string, subject: string, signal: AbortSignal): Promise<string> {
  try {
    return await htmlText(html, { name: subject || "Mail", level: LEVEL, signal });
  } catch (error) {
    if (!(error instanceof ItemError)) throw error;
    return "> **Left out.** The text of this message cannot be read.";
  }
}

/** Lines that are shorter end where their writer ended them; longer ones were broken by a program. */
const BROKEN_FROM = 60;

/** Plain text with its paragraphs, lists and quotes; nothing else in it acts as markup. */
export function plainMarkdown(text: string): string {
  const lines = cleanText(text).split("\n").map(lineOf);
  return lines
    .map((line, index) => {
      const { quote, shown, isBullet } = line;
      const next = lines[index + 1];
      const goesOn = next !== undefined && next.quote === quote && next.shown !== "" && !next.isBullet;
      const isEnded = shown !== "" && !isBullet && shown.length < BROKEN_FROM && goesOn;
      return `${quote}${quote === "" || shown === "" ? "" : " "}${shown}${isEnded ? "\\" : ""}`;
    })
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

function lineOf(line: string) {
  const [, marks = "", own = ""] = /^((?:>\s?)*)(.*)$/.exec(line.trim()) ?? [];
  const bullet = /^[-*•]\s+(\S.*)$/.exec(own)?.[1];
  const shown = bullet === undefined ? lineText(own) : `- ${inlineText(bullet)}`;
  return { quote: marks.replaceAll(/\s/g, ""), shown, isBullet: bullet !== undefined };
}
