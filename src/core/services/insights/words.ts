import { ENGLISH_FUNCTION_WORDS, GERMAN_FUNCTION_WORDS, STOP_WORDS } from "./stop-words";

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

/** Words in lower case, in order, in any script. */
export function wordsOf(text: string): string[] {
  const lower = text.toLowerCase();
  if (isAscii(lower)) return lower.match(asciiWord) ?? [];
  if (!hasUnspacedScript(lower)) return lower.match(spacedWord) ?? [];
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

/** What the entity and question rules need to know about a text's language. */
export type LanguageGuess = "english" | "german" | "other";

/** Guesses from the share of function words in the first thousand words. */
export function guessLanguage(text: string): LanguageGuess {
  const start = text.slice(0, 8_000).toLowerCase();
  const sample = start.match(isAscii(start) ? asciiWord : spacedWord)?.slice(0, 1_000) ?? [];
  if (sample.length === 0) return "other";
  let english = 0;
  let german = 0;
  for (const word of sample) {
    if (ENGLISH_FUNCTION_WORDS.has(word)) english++;
    if (GERMAN_FUNCTION_WORDS.has(word)) german++;
  }
  const enough = Math.max(1, sample.length * 0.12);
  if (german > english && german >= enough && german > 1) return "german";
  return english >= enough ? "english" : "other";
}
