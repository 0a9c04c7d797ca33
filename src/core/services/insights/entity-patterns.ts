import type { EntityTally } from "./entity-tally";
import { isOrdinaryKatakana } from "./katakana";
import { scriptNames } from "./script-names";
import { isAscii } from "./words";

const email =
  /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.[A-Za-z]{2,24}/g;
/** Where an address shows. Behind the words of a link it does not, and is often the source's own. */
const domain = /(?<!\]\(<?)https?:\/\/(?:www\.)?([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})/g;
const mention = /(?<![\p{L}\p{N}._/-])@(\p{L}[\p{L}\p{N}._-]{1,38})(?![\p{L}\p{N}/])/gu;
const inlineCode = /`([A-Za-z_$][A-Za-z0-9_$.:-]{2,48}(?:\(\))?)`/g;
const bracketed = /[「『《〈]([^「」『』《》〈〉\n。！？]{2,20})[」』》〉]/g;
const katakana = /[\u30A1-\u30FA\u30FC]{2,20}(?:・[\u30A1-\u30FA\u30FC]{1,20}){0,4}/g;
const definition =
  /\b(?:class|interface|struct|trait|enum|function|func|def|fn|type|module|namespace)\s{1,4}([A-Za-z_$][\w$]{2,60})/g;

/** Finds what a fixed form gives away: addresses, hosts, mentions, identifiers, bracketed titles, katakana. */
export function patternEntities(markdown: string, tally: EntityTally, isCode: boolean): void {
  // A pattern is only tried where its one necessary character is: most texts have few of them.
  const hasAt = markdown.includes("@");
  if (hasAt) for (const [found] of markdown.matchAll(email)) tally.add(found.toLowerCase(), "strong", 1.1);
  if (markdown.includes("://")) {
    for (const [, host] of markdown.matchAll(domain)) tally.add(host?.toLowerCase() ?? "", "strong", 0.6);
  }
  // In code it marks a decorator, or a part of a comment.
  if (hasAt && !isCode) mentions(markdown, tally);
  if (isCode) for (const [, name] of markdown.matchAll(definition)) tally.add(name ?? "", "strong", 1);
  if (markdown.includes("`")) identifiers(markdown, tally);
  if (isAscii(markdown)) return;
  for (const [, title] of markdown.matchAll(bracketed)) tally.add(title ?? "", "strong", 1);
  katakanaNames(markdown, tally);
  scriptNames(markdown, tally);
}

function mentions(markdown: string, tally: EntityTally): void {
  for (const [, name] of markdown.matchAll(mention))
    tally.add(`@${name?.replace(/[._-]+$/, "")}`, "strong", 1.2);
}

/** Names in code marks, when they are used more than once: those are the subject, not an aside. */
function identifiers(markdown: string, tally: EntityTally): void {
  const counts = new Map<string, number>();
  for (const [, name = ""] of markdown.matchAll(inlineCode)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const repeated = [...counts].filter(([name, count]) => count >= 2 && /[A-Z_.:()$-]/.test(name));
  for (const [name, count] of repeated.sort((a, b) => b[1] - a[1]).slice(0, 8)) {
    for (let i = 0; i < Math.min(count, 10); i++) tally.add(name, "strong", 0.6);
  }
}

function katakanaNames(markdown: string, tally: EntityTally): void {
  const counts = new Map<string, number>();
  for (const [name] of markdown.matchAll(katakana)) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [name, count] of counts) {
    if (name.length < 3 || isOrdinaryKatakana(name)) continue;
    if (!name.includes("・") && count < 2) continue;
    for (let i = 0; i < Math.min(count, 10); i++) tally.add(name, "strong", 1);
  }
}
