/** A message as people see it, out of the parts that Gmail cut it into. */
import { addressParser, decodeWords } from "postal-mime";
import { plainLine } from "@/lib/clean-text";
import { toIso } from "@/lib/time";
import { NEVER } from "./labels";
import type { Message, Part, Thread } from "./models";

export interface Person {
  name: string;
  address: string;
}

export interface Attached {
  name: string;
  /** Bytes. */
  size: number;
}

export interface Mail {
  id: string;
  /** ISO time at which Gmail took it; undefined where that is not known. */
  at: string | undefined;
  from: Person | undefined;
  to: Person[];
  cc: Person[];
  subject: string;
  labels: string[];
  /** Parts that hold its text, in order; of two that say the same, the one with more form. */
  texts: Part[];
  attachments: Attached[];
}

/** Parts in parts, at most; deeper ones are nobody's mail. */
const DEEPEST = 30;

/** What a thread shows, oldest first: nothing that was deleted, is unwanted, or was not sent. */
export function mailsOf({ messages }: Pick<Thread, "messages">): Mail[] {
  return messages
    .filter(({ labelIds }) => !labelIds.some((id) => NEVER.includes(id)))
    .map(mailOf)
    .sort((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : (a.at ?? "") > (b.at ?? "") ? 1 : 0));
}

function mailOf({ id, labelIds, internalDate, payload }: Message): Mail {
  const attachments: Attached[] = [];
  const texts = textsOf(payload, attachments, 0);
  return {
    id,
    at: toIso(internalDate ? Number(internalDate) : headerOf(payload, "date")),
    from: people(headerOf(payload, "from"))[0],
    to: people(headerOf(payload, "to")),
    cc: people(headerOf(payload, "cc")),
    subject: plainLine(decodeWords(headerOf(payload, "subject")), 300),
    labels: labelIds,
    texts,
    attachments,
  };
}

export function headerOf({ headers }: Part, name: string): string {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? "";
}

/** Names and addresses of a header; those of a group stand for themselves. */
function people(header: string): Person[] {
  return addressParser(header.slice(0, 100_000)).flatMap(({ name, address, group }) =>
    (group ?? [{ name, address }]).map((one) => ({
      name: plainLine(one.name, 100),
      address: plainLine(one.address ?? "", 200).toLowerCase(),
    })),
  );
}

function textsOf(part: Part, attachments: Attached[], depth: number): Part[] {
  const type = (part.mimeType ?? "").toLowerCase();
  if (isAttached(part, type)) {
    if (!isPictureInText(part, type))
      attachments.push({ name: nameOf(part, type), size: part.body?.size ?? 0 });
    return [];
  }
  if (type === "text/plain" || type === "text/html") return [part];
  if (depth >= DEEPEST) return [];
  const inside = part.parts.map((one) => textsOf(one, attachments, depth + 1));
  if (type !== "multipart/alternative") return inside.flat();
  const best = inside.filter((texts) => texts.length > 0);
  return best.findLast((texts) => texts.some(isHtml)) ?? best.at(-1) ?? [];
}

export function isHtml({ mimeType }: Part): boolean {
  return mimeType?.toLowerCase() === "text/html";
}

/** A mail in a mail is attached, too: it may be without a name. */
function isAttached(part: Part, type: string): boolean {
  if (type.startsWith("multipart/")) return false;
  if (part.filename || type.startsWith("message/")) return true;
  return type !== "text/plain" && type !== "text/html" && Boolean(part.body?.attachmentId);
}

function isPictureInText(part: Part, type: string): boolean {
  const inText =
    headerOf(part, "content-id") !== "" && !/^attachment/i.test(headerOf(part, "content-disposition"));
  return type.startsWith("image/") && inText;
}

function nameOf({ filename }: Part, type: string): string {
  return plainLine(decodeWords(filename ?? ""), 200) || `unnamed (${plainLine(type, 100)})`;
}
