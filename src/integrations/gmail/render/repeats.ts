/**
 * Takes out of a message what its thread has said before: quoted mails, the line above them that says whose they are, and
 * a signature that was shown. Only what is known goes: answers between quoted lines stay, as does what somebody quotes
 * from elsewhere.
 */
import { type Said, wordsOf } from "./said";

const QUOTED = /^\s{0,3}>/;
/** Lines of `On Tuesday, 12 May 2026 at 09:31, Ana Silva <ana@…> wrote:` at most, as programs break it. */
const LONGEST_CLAIM = 3;
/** `From: …`, `Sent: …`, in any language, with or without marks of bold. */
const FIELD = /^[*_\s]{0,4}\p{L}[\p{L} -]{0,18}[*_\s]{0,4}:[*_]{0,4}\s*\S/u;
/** `-----Original Message-----`, `________________________________`, `* * *`. */
const DIVIDER = /^\s*\\?[-_*]{3}|^\s*(?:[*_-]\s?){3,}$/;
/** Lines of a mail's head, with blank ones between. */
const LONGEST_HEAD = 16;
/** Heads below which it is looked for what is known. */
const MOST_HEADS = 10;

/**
 * @param markdown a message's text.
 * @param people names and addresses of the thread's people, lower case.
 */
export function withoutRepeats(markdown: string, said: Said, people: readonly string[]): string {
  return joined(withoutHead(withoutQuotes(markdown.split("\n"), said, people), said, people));
}

/** Without the lines at the end that whoever wrote it ended the last message with, where they are two or more. */
export function withoutSignature(markdown: string, before: string | undefined): string {
  if (before === undefined) return markdown;
  const lines = markdown.split("\n");
  const known = before.split("\n").filter(hasWords);
  let end = lines.length;
  let common = 0;
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] ?? "";
    if (!hasWords(line)) continue;
    if (wordsOf(line).join(" ") !== wordsOf(known.at(-1 - common) ?? "").join(" ")) break;
    common++;
    end = at;
  }
  const rest = joined(lines.slice(0, end)).replace(/\n+\s*\\?--\s*$/, "");
  return common < 2 || wordsOf(rest).length === 0 ? markdown : rest;
}

function withoutQuotes(lines: readonly string[], said: Said, people: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < lines.length;) {
    const run = runAt(lines, at);
    if (run.length === 0) {
      kept.push(lines[at++] ?? "");
      continue;
    }
    at += run.length;
    const fresh = unknownLines(run, said);
    if (fresh.length === 0) dropClaim(kept, people);
    else kept.push(...fresh);
  }
  return kept;
}

function runAt(lines: readonly string[], from: number): string[] {
  let end = from;
  while (end < lines.length && QUOTED.test(lines[end] ?? "")) end++;
  return lines.slice(from, end);
}

/** What is new of a stretch; a line too short to tell goes with the one before it. */
function unknownLines(lines: readonly string[], said: Said): string[] {
  let isNew = false;
  const fresh = lines.filter((line) => {
    const known = said.knows(line.replace(/^[\s>]+/, ""));
    if (known !== undefined) isNew = !known;
    return isNew;
  });
  return fresh.some(hasWords) ? fresh : [];
}

/**
 * Takes the line that says whose the quote is off the end. It ends in a colon, as answers may: so it has to name one of
 * the people with a day and a time, or by address.
 */
function dropClaim(lines: string[], people: readonly string[]): void {
  let end = lines.length;
  while (end > 0 && !hasWords(lines[end - 1] ?? "")) end--;
  let byAddress: number | undefined;
  for (let from = end - 1; from >= Math.max(0, end - LONGEST_CLAIM); from--) {
    const claim = lines.slice(from, end).join(" ").trim();
    if (!/[:：][*_\s]*$/.test(claim) || claim.length > 400 || !hasWords(lines[from] ?? "")) break;
    const isDated = /\d{4}/.test(claim) && /\d{1,2}[:.]\d{2}/.test(claim);
    if (isDated && namesOneOf(claim, people)) return void lines.splice(from);
    if (
      namesOneOf(
        claim,
        people.filter((one) => one.includes("@")),
      )
    )
      byAddress ??= from;
  }
  if (byAddress !== undefined) lines.splice(byAddress);
}

/** A mail that stands below its head without marks of quoting, as Outlook writes it. */
function withoutHead(lines: readonly string[], said: Said, people: readonly string[]): string[] {
  let left = MOST_HEADS;
  for (let at = 0; at < lines.length && left > 0; at++) {
    const head = headAt(lines, at, people);
    if (head === 0) continue;
    left--;
    const below = lines.slice(at + head);
    if (!below.some((line) => said.knows(line) === true)) continue;
    const fresh = unknownLines(below, said);
    if (fresh.length > 0) return [...lines.slice(0, at + head), "", ...fresh];
    const above = lines.slice(0, at);
    while (above.length > 0 && (!hasWords(above.at(-1) ?? "") || DIVIDER.test(above.at(-1) ?? "")))
      above.pop();
    return above;
  }
  return [...lines];
}

/** How many lines the head of a mail takes that begins here: three fields or more, which name a time and a person. */
function headAt(lines: readonly string[], from: number, people: readonly string[]): number {
  if (!FIELD.test(lines[from] ?? "")) return 0;
  let end = from;
  let fields = 0;
  for (let at = from; at < Math.min(lines.length, from + LONGEST_HEAD); at++) {
    const line = lines[at] ?? "";
    if (!hasWords(line)) continue;
    if (!FIELD.test(line)) break;
    fields++;
    end = at + 1;
  }
  const head = lines.slice(from, end).join(" ");
  return fields >= 3 && /\d{1,2}[:.]\d{2}|\d{4}/.test(head) && namesOneOf(head, people) ? end - from : 0;
}

function namesOneOf(text: string, people: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return people.some((one) => one.length > 1 && lower.includes(one));
}

function hasWords(line: string): boolean {
  return /[\p{L}\p{N}]/u.test(line);
}

function joined(lines: readonly string[]): string {
  return (
    lines
      .join("\n")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trim()
      // A break at the end of a line, with nothing left behind it.
      .replaceAll(/(?<!\\)\\(?=\n\n|$)/g, "")
  );
}
