import { ENGLISH_FUNCTION_WORDS, GERMAN_FUNCTION_WORDS } from "@/core/services/insights/stop-words";
import { isTerm } from "@/core/services/insights/words";
import { type KnownWord, KnownWords } from "./known-words";
import { stemWord } from "./stem";
import { eachRun, eachSegment, foldWord } from "./words";

/** One word as the index holds it: folded, stemmed, and where it stands in the text. */
export interface Token {
  start: number;
  end: number;
  exact: string;
  stem: string;
  /** Hashes of both, as `termHash` gives them. */
  exactHash: number;
  stemHash: number;
}

const longestIdentifier = 100;
/** Names of code; numbers with a unit (`3683MB`, but no `95th` or `1990s`); the middle of a time stamp (`02T22`). */
const identifier =
  /[a-z][A-Z]|[A-Z]{2}[a-z]|\p{L}{3}\p{N}|^\p{N}+(?!(?:s|st|nd|rd|th)$)\p{L}{1,3}$|^\p{N}{2}T\p{N}{2}$/u;
const identifierPart = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/** Texts repeat their words: what each comes to is remembered. */
const knownWords = new KnownWords(workOutWord);

/** What the index holds of a word, wherever it stands. */
export type Term = Pick<KnownWord, "stem" | "stemHash" | "exactHash">;

/** The terms of a text in order: what `analyse` gives but for the places. */
export function termsIn(text: string): Term[] {
  const terms: Term[] = [];
  eachKnownWord(text, (word) => terms.push(word));
  return terms;
}

/** The tokens of a text in order; an identifier (camelCase, name123, 3683MB) is followed by its parts. */
export function analyse(text: string): Token[] {
  const tokens: Token[] = [];
  eachKnownWord(text, (word, start) => tokens.push(tokenOf(word, start)));
  return tokens;
}

/** The tokens of a text whose stem is among `stems`, in order: what `analyse` gives, but for the others. */
export function tokensWith(text: string, stems: ReadonlyMap<string, unknown>): Token[] {
  const tokens: Token[] = [];
  eachKnownWord(text, (word, start) => {
    if (stems.has(word.stem)) tokens.push(tokenOf(word, start));
  });
  return tokens;
}

function tokenOf({ written, exact, stem, exactHash, stemHash }: KnownWord, start: number): Token {
  return { start, end: start + written.length, exact, stem, exactHash, stemHash };
}

type TakeWord = (word: KnownWord, start: number) => void;

function eachKnownWord(text: string, take: TakeWord): void {
  eachWrittenWord(text, (word, start) => {
    take(word, start);
    if (word.isIdentifier) eachPart(word.written, start, take);
  });
}

/** Calls back for each word of a text as it is written, in order, with what it comes to. */
export function eachWrittenWord(text: string, takeWhole: TakeWord): void {
  eachRun(text, (start, end, unspaced, hash) => {
    if (unspaced) eachSegment(text, start, end, (written, at) => takeWhole(knownWords.of(written), at));
    else takeWhole(knownWords.at(text, start, end, hash), start);
  });
}

function eachPart(written: string, offset: number, take: TakeWord): void {
  for (const match of written.matchAll(identifierPart)) {
    if (match[0].length < 2 || match[0].length === written.length) continue;
    take(knownWords.of(match[0]), offset + match.index);
  }
}

function workOutWord(written: string): KnownWord {
  const exact = foldWord(written);
  const stem = stemWord(exact);
  const isIdentifier = written.length > 3 && written.length <= longestIdentifier && identifier.test(written);
  const lower = written.toLowerCase();
  return {
    written,
    exact,
    stem,
    exactHash: termHash(exact),
    stemHash: termHash(stem),
    isIdentifier,
    lower,
    isTerm: isTerm(lower),
    isEnglishFunction: ENGLISH_FUNCTION_WORDS.has(lower),
    isGermanFunction: GERMAN_FUNCTION_WORDS.has(lower),
  };
}

/** A text's stems as one line, the form in which the full-text tables take it. */
export function stemLine(terms: readonly Term[]): string {
  const stems = terms.map(({ stem }) => stem);
  // Each is followed by a space, the last one as well.
  if (stems.length > 0) stems.push("");
  return stems.join(" ");
}

/** 32-bit hash of a term: the form in which rescoring compares words. Never 0. */
export function termHash(term: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < term.length; index++) {
    hash = Math.imul(hash ^ term.charCodeAt(index), 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0 || 1;
}
