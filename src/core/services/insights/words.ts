import { STOP_WORDS } from "./stop-words";

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const spacedWord = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
/** The same in plain English text, several times as fast. */
const asciiWord = /[a-z0-9]+/g;
const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/** True when the text is written, at least in part, in a script that puts no spaces between words. */
export function hasUnspacedScript(text: string): boolean {
  return !isAscii(text) && unspaced.test(text);
}

/** True when the text has no character beyond ASCII; lets the common case skip the rules of the other scripts. */
export function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the whole range is meant
  return /^[\x00-\x7F]*$/.test(text);
}

/** Words in lower case, in order, of a text whose script puts spaces between them. */
export function spacedWordsOf(text: string): string[] {
  const lower = text.toLowerCase();
  return lower.match(isAscii(lower) ? asciiWord : spacedWord) ?? [];
}

/** Words in lower case, in order, in any script. */
export function wordsOf(text: string): string[] {
  if (!hasUnspacedScript(text)) return spacedWordsOf(text);
  const lower = text.toLowerCase();
  const found: string[] = [];
  for (const part of segmenter.segment(lower)) if (part.isWordLike === true) found.push(part.segment);
  return found;
}

/** Words that carry the subject: no function words, nothing of one or two letters (one, where words are unspaced). */
export function termsOf(text: string): string[] {
  return wordsOf(text).filter(isTerm);
}

/** Whether a word, in lower case, carries the subject. */
export function isTerm(word: string): boolean {
  if (STOP_WORDS.has(word)) return false;
  return word.length > 2 || (word.length === 2 && hasUnspacedScript(word));
}
