/** A thread as one document: who takes part, then each message with what is new in it. */
import type { RenderedArtifact } from "@/core/models/models";
import { nameAndAddress } from "@/core/services/readers/mail-result";
import { shownSize } from "@/lib/file-names";
import { factList, inlineText, lineText } from "@/lib/markdown-text";
import type { GmailApi } from "../api/gmail-api";
import type { Attached, Mail, Person } from "../models/mail";
import { withoutRepeats, withoutSignature } from "./repeats";
import { Said } from "./said";
import { textOf } from "./text";

/** People who are named above the messages, and above one of them, at most. */
const MOST_PEOPLE = 50;
const MOST_RECEIVERS = 5;
const MOST_ATTACHMENTS = 100;

const NO_SUBJECT = "(no subject)";

/** Answers begin with it in the usual languages, again and again. */
const ANSWER = /^(?:(?:re|aw|sv|vs|antw|rif|odp|回复|答复)\s*(?:\[\d+\])?\s*[:：]\s*)+/i;

export function subjectOf(mails: readonly Mail[]): string {
  const first = mails.find(({ subject }) => subject !== "")?.subject ?? "";
  return first.replace(ANSWER, "") || first || NO_SUBJECT;
}

/** The page that shows a thread, in the account's own mail where a browser knows several. */
export function linkTo(threadId: string, account: string): string {
  return `https://mail.google.com/mail/u/?authuser=${encodeURIComponent(account)}#all/${encodeURIComponent(threadId)}`;
}

/** @param mails the thread's messages, oldest first, at least one. */
export async function renderThread(
  id: string,
  mails: readonly Mail[],
  url: string,
  api: GmailApi,
  signal: AbortSignal,
): Promise<RenderedArtifact> {
  const title = subjectOf(mails);
  const people = peopleOf(mails);
  const shown = people.slice(0, MOST_PEOPLE).map(({ name, address }) => nameAndAddress(name, address));
  const more = people.length > shown.length ? [`${people.length - shown.length} more`] : [];
  const facts = factList({
    Participants: [...shown, ...more].join(", "),
    Messages: mails.length > 1 ? mails.length : undefined,
  });
  const [from] = mails.flatMap((mail) => mail.from ?? []);
  return {
    integrationArtifactId: `gmail:${id}`,
    kind: "email",
    title,
    markdown: [`# ${lineText(title)}`, facts, ...(await messages(mails, people, api, signal))].join("\n\n"),
    url,
    author: from === undefined ? undefined : nameAndAddress(from.name, from.address),
    artifactDate: mails.at(-1)?.at,
  };
}

async function messages(
  mails: readonly Mail[],
  people: readonly Person[],
  api: GmailApi,
  signal: AbortSignal,
): Promise<string[]> {
  const said = new Said();
  const names = people.flatMap(({ name, address }) => [name.toLowerCase(), address]);
  const endings = new Map<string, string>();
  const shown: string[] = [];
  for (const mail of mails) {
    const whole = await textOf(mail, api, signal);
    const own = withoutRepeats(whole, said, names);
    const writer = mail.from?.address ?? "";
    const text = withoutSignature(own, endings.get(writer));
    said.learn(whole);
    endings.set(writer, own);
    const parts = [headingOf(mail), text, attachmentsLine(mail.attachments)];
    shown.push(parts.filter((part) => part !== "").join("\n\n"));
  }
  return shown;
}

/** `## Ana Silva to Bo Lindqvist, cc Cy Rao, 2026-05-12 09:31 UTC` */
function headingOf({ from, to, cc, at }: Mail): string {
  const who = from === undefined ? "Unknown" : calledBy(from);
  const receivers = [to.length > 0 ? ` to ${listed(to)}` : "", cc.length > 0 ? `, cc ${listed(cc)}` : ""];
  const when = at === undefined ? "" : `, ${at.slice(0, 16).replace("T", " ")} UTC`;
  return `## ${inlineText(`${who}${receivers.join("")}${when}`)}`;
}

const calledBy = ({ name, address }: Person) => name || address || "Unknown";

function listed(people: readonly Person[]): string {
  const more = people.length - MOST_RECEIVERS;
  const shown = people.slice(0, MOST_RECEIVERS).map(calledBy).join(", ");
  return more > 0 ? `${shown} and ${more} others` : shown;
}

function attachmentsLine(attachments: readonly Attached[]): string {
  if (attachments.length === 0) return "";
  const shown = attachments
    .slice(0, MOST_ATTACHMENTS)
    .map(({ name, size }) => `${name}${size > 0 ? ` (${shownSize(size)})` : ""}`);
  const more = attachments.length > shown.length ? [`${attachments.length - shown.length} more`] : [];
  return `Attachments: ${inlineText([...shown, ...more].join(", "))}`;
}

/** Everybody in the order in which they come in, by address; with a name where any message has one. */
function peopleOf(mails: readonly Mail[]): Person[] {
  const known = new Map<string, Person>();
  for (const { from, to, cc } of mails)
    for (const person of [...(from === undefined ? [] : [from]), ...to, ...cc]) {
      const key = person.address || person.name;
      if (key !== "" && !known.get(key)?.name) known.set(key, person);
    }
  return [...known.values()];
}
