import { fold } from "./fold";
import { isJapanese, simplify } from "./han";

/** One word of a text: where it stands (UTF-16 units, end exclusive) and its folded form. */
export interface Word {
  start: number;
  end: number;
  text: string;
}

const inWord = /[\p{L}\p{N}\p{M}\p{Co}]/u;
const unspacedScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** Longest word that is kept; what is longer (keys, encoded files) is cut to this. */
const longestWord = 64;

/** The words of a text in order. Scripts without spaces are cut by `Intl.Segmenter`. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  eachWord(text, (written, start) => {
    words.push({ start, end: start + written.length, text: foldWord(written) });
  });
  return words;
}

/** The form in which words are compared: folded, endless ones cut short. */
export function foldWord(written: string): string {
  return fold(written.length > longestWord ? written.slice(0, longestWord) : written);
}

/** Calls back for each word as it is written, in order, with its place. */
function eachWord(text: string, take: (written: string, start: number) => void): void {
  eachRun(text, (start, end, unspaced) => {
    if (unspaced) eachSegment(text, start, end, take);
    else take(text.slice(start, end), start);
  });
}

/**
 * Calls back for each word of a run of a script without spaces. Chinese is cut as its simplified form would be, so that
 * both ways of writing it have the same words.
 */
export function eachSegment(
  text: string,
  from: number,
  to: number,
  take: (written: string, start: number) => void,
): void {
  const run = text.slice(from, to);
  const alike = isJapanese(run) ? run : simplify(run);
  for (const { segment, index } of segmenter.segment(alike))
    take(run.slice(index, index + segment.length), from + index);
}

/** How many words a text has; scripts without spaces are counted by segments. */
export function countWords(text: string): number {
  let count = 0;
  eachRun(text, (start, end, unspaced) => {
    if (!unspaced) count++;
    else
      for (const segment of segmenter.segment(text.slice(start, end)))
        if (segment.isWordLike !== false) count++;
  });
  return count;
}

/** True when the text is in a script that writes no spaces between words. */
export function isUnspaced(text: string): boolean {
  return unspacedScripts.test(text);
}

/** Takes a run of letters, digits and marks: where it stands, whether it needs segmenting, and its units' hash. */
export type TakeRun = (start: number, end: number, unspaced: boolean, hash: number) => void;

const firstHash = 0x811c9dc5;

/** Calls back for each run of letters, digits and marks. It makes no text of them: whoever wants one cuts it. */
export function eachRun(text: string, take: TakeRun): void {
  let start = -1;
  let unspaced = false;
  let hash = firstHash;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isPair = code >= 0xd800 && code <= 0xdbff && at + 1 < text.length;
    const kind = isPair ? classify(text.slice(at, at + 2)) : classOf(code);
    if (kind === characterClass.joiner ? start >= 0 && joins(text, at) : kind !== characterClass.other) {
      if (start < 0) start = at;
      if (kind === characterClass.unspaced) unspaced = true;
      hash = Math.imul(hash ^ code, 0x01000193);
      if (isPair) hash = Math.imul(hash ^ text.charCodeAt(at + 1), 0x01000193);
    } else if (start >= 0) {
      take(start, at, unspaced, hash);
      start = -1;
      unspaced = false;
      hash = firstHash;
    }
    if (isPair) at++;
  }
  if (start >= 0) take(start, text.length, unspaced, hash);
}

/** Whether a sign that is not seen stands within a word. Persian parts its words by the one that keeps letters from joining. */
function joins(text: string, at: number): boolean {
  const next = classOf(text.charCodeAt(at + 1));
  if (next !== characterClass.word) return false;
  return text.charCodeAt(at) !== nonJoiner || indic.test(text[at - 1] ?? "");
}

const nonJoiner = 0x200c;
/** Letters and marks of the scripts from Devanagari to Sinhala. */
const indic = /[\u0900-\u0dff]/;
/** The hyphen that is seen at the end of a line alone, and what says whether letters join. */
const joiner = /[\u00ad\u200c\u200d]/;
/** An apostrophe, though it is counted as a letter: words are cut at the others, too. */
const apostrophe = "\u02bc";

const characterClass = { unknown: 0, word: 1, unspaced: 2, other: 3, joiner: 4 } as const;
type CharacterClass = (typeof characterClass)[keyof typeof characterClass];

/** Classes of single UTF-16 units, filled as they are met: a table is many times faster than a pattern. */
const knownClasses = new Uint8Array(65_536);

function classOf(code: number): number {
  const known = knownClasses[code] ?? 0;
  if (known !== characterClass.unknown) return known;
  const found = classify(String.fromCharCode(code));
  knownClasses[code] = found;
  return found;
}

function classify(character: string): CharacterClass {
  if (joiner.test(character)) return characterClass.joiner;
  if (!inWord.test(character) || character === apostrophe) return characterClass.other;
  return unspacedScripts.test(character) ? characterClass.unspaced : characterClass.word;
}
