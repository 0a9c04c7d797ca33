import { fold, isAscii } from "./fold";

/** One word of a text: where it stands (UTF-16 units, end exclusive) and its folded form. */
export interface Word {
  start: number;
  end: number;
  text: string;
}

const asciiRun = /[A-Za-z0-9]+/g;
const anyRun = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const unspacedScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** Longest word that is kept; what is longer (keys, encoded files) is cut to this. */
const longestWord = 64;

/** The words of a text in order. Scripts without spaces are cut by `Intl.Segmenter`. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  eachRun(text, (run, start, unspaced) => {
    if (unspaced) addSegments(run, start, words);
    else words.push({ start, end: start + run.length, text: fold(run.slice(0, longestWord)) });
  });
  return words;
}

/** How many words a text has; scripts without spaces are counted by segments. */
export function countWords(text: string): number {
  let count = 0;
  eachRun(text, (run, _start, unspaced) => {
    if (!unspaced) count++;
    else for (const segment of segmenter.segment(run)) if (segment.isWordLike !== false) count++;
  });
  return count;
}

/** True when the text is in a script that writes no spaces between words. */
export function isUnspaced(text: string): boolean {
  return unspacedScripts.test(text);
}

/** Calls back for each run of letters, digits and marks, and says whether it needs segmenting. */
export function eachRun(text: string, take: (run: string, start: number, unspaced: boolean) => void): void {
  const ascii = isAscii(text);
  for (const match of text.matchAll(ascii ? asciiRun : anyRun)) {
    take(match[0], match.index, !ascii && unspacedScripts.test(match[0]));
  }
}

function addSegments(run: string, offset: number, words: Word[]): void {
  for (const { segment, index } of segmenter.segment(run)) {
    const start = offset + index;
    words.push({ start, end: start + segment.length, text: fold(segment.slice(0, longestWord)) });
  }
}
