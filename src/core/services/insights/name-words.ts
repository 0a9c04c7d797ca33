/** Single words of a text as parts of names: which of them could be one, by their capitals. */
import { calendarWords, NEVER_NAMES, ORDINARY_CAPITALS, STOP_WORDS } from "./stop-words";

const acronym = /^\p{Lu}[\p{Lu}\p{N}&]{1,9}s?$/u;
/** "GitHub", "iPhone", "OpenAI": a capital after a small letter. */
const mixedCase = /^[\p{L}\p{N}]*\p{Ll}\p{Lu}[\p{L}\p{N}]*$/u;
/** "ENG-123", "GPT-4", "K8s", "S3". */
const lettersAndDigits = /^(?=.*\p{Lu})(?=.*\p{N})[\p{L}][\p{L}\p{N}]*(?:-[\p{L}\p{N}.]+)*$/u;
const sentenceBreak = /[.!?:;•–—"“”«»|[\]]|\s-\s|\s{2}/;
/**
 * Ordinary words that begin many a name, but only in front of one: "New England", "Great Ormond Street"; and first names
 * that are short for a day or month somewhere.
 */
const leader = /^(?:New|Great|Old|Little|First|Second|Third|Best|High|Low|Saint|Upper|Lower|Sam|Jan|Dom)$/;
/** Articles and the like that are part of a name with a capital of their own: "Los Angeles", "Marco De Santis". */
const particle = /^(?:L[aAe]|El|Los|Las|De|Di|Da|Del|Della|Du|Van|Von)$/;

export interface Word {
  text: string;
  lower: string;
  isName: boolean;
  /** First of a sentence, or after a colon, quote or dash, where any word gets a capital. */
  opens: boolean;
  /** Text between the word before and this one. */
  gap: string;
  /** "Hadrian's": what it owns is another thing. */
  owns: boolean;
}

/** `before` is how many words of the text stand in front of it. */
export function wordOf(text: string, lower: string, gap: string, before: number, owns: boolean): Word {
  const opens = before === 0 || (gap !== " " && sentenceBreak.test(gap));
  return { text, lower, isName: text !== lower && nameLike(text, lower), opens, gap, owns };
}

/** "ENG-123": what stands beside the key of a ticket is its title. */
export const ticketKey = /^\p{Lu}[\p{Lu}\p{N}]{1,9}-\p{N}+$/u;
/** "3f1c9d2": what stands behind it is what somebody wrote of a commit. */
const commitHash = /^(?=[a-f]{0,39}\d)[0-9a-f]{7,40}$/;

/** Marks words for what stands beside them: ordinary ones that are part of a name, and those that begin a title. */
export function markByNeighbours(words: readonly Word[]): void {
  for (let index = words.length - 1; index >= 0; index--) {
    const [word, next, last] = [words[index], words[index + 1], words[index - 1]];
    if (word === undefined || word.text === word.lower) continue;
    if (last !== undefined && (commitHash.test(last.text) || ticketKey.test(last.text))) word.opens = true;
    const leads = leader.test(word.text);
    if (!leads && (word.opens || !particle.test(word.text))) continue;
    word.isName = next?.isName === true && next.gap === " ";
  }
}

/** Addresses are names of their own kind; their parts are none. */
export function withoutAddresses(text: string): string {
  if (!text.includes("@") && !text.includes("://")) return text;
  return text.replace(/https?:\/\/\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,200}/g, "|");
}

/** A word without what English hangs on to it by an apostrophe: Ana's, we'll. */
export function withoutEnding(word: string): string {
  return word.includes("'") || word.includes("’") ? word.replace(/['’](?:s|m|d|ll|re|ve|t)$/i, "") : word;
}

function nameLike(word: string, lower: string): boolean {
  if (STOP_WORDS.has(lower) && !(acronym.test(word) && word.length > 2)) return false;
  if (calendarWords().has(lower) || ORDINARY_CAPITALS.has(word) || NEVER_NAMES.has(lower)) return false;
  if (STOP_WORDS.has(lower.split(/['’-]/)[0] ?? "") && !/\p{N}/u.test(word)) return false;
  if (isCode(word)) return true;
  return /^\p{Lu}[\p{L}\p{M}'’.&-]*$/u.test(word) && !/\.\p{Ll}/u.test(word);
}

/** Whether the form alone says that it names something: an acronym, a product, a key. */
export function isCode(word: string): boolean {
  if (/^\p{N}/u.test(word)) return false;
  if (/^[QHP]\d$|^v\d/i.test(word) || ORDINARY_CAPITALS.has(word)) return false;
  return (acronym.test(word) && word.length <= 8) || mixedCase.test(word) || lettersAndDigits.test(word);
}
