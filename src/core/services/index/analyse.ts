import { stemWord } from "./stem";
import { eachWord, foldWord } from "./words";

/** One word as the index holds it: folded, stemmed, and where it stands in the text. */
export interface Token {
  start: number;
  end: number;
  exact: string;
  stem: string;
}

const longestIdentifier = 100;
const identifier = /[a-z][A-Z]|[A-Z]{2}[a-z]|\p{L}{3}\p{N}/u;
const identifierPart = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/** What a word as written comes to, remembered: a text repeats its words. */
interface KnownWord {
  exact: string;
  stem: string;
  isIdentifier: boolean;
}

const knownWords = new Map<string, KnownWord>();
const mostKnown = 100_000;

/** The tokens of a text in order; an identifier (camelCase, name123) is followed by its parts. */
export function analyse(text: string): Token[] {
  const tokens: Token[] = [];
  eachWord(text, (written, start) => {
    const { exact, stem, isIdentifier } = know(written);
    tokens.push({ start, end: start + written.length, exact, stem });
    if (isIdentifier) addParts(written, start, tokens);
  });
  return tokens;
}

/** Words that folding and stemming leave with their first letter, and that have no parts. */
const plainWord = /^[A-Za-z][a-z]*$/;

/** The tokens of a text whose stem is among `stems`, in order: what `analyse` gives, without looking at most words. */
export function tokensWith(text: string, stems: ReadonlyMap<string, unknown>): Token[] {
  const starts = new Set<number>();
  for (const stem of stems.keys()) starts.add(stem.charCodeAt(0));
  const tokens: Token[] = [];
  eachWord(text, (written, start) => {
    const first = written.charCodeAt(0);
    if (!starts.has(first) && !starts.has(first | 0x20) && plainWord.test(written)) return;
    const { exact, stem, isIdentifier } = know(written);
    if (stems.has(stem)) tokens.push({ start, end: start + written.length, exact, stem });
    if (!isIdentifier) return;
    const parts: Token[] = [];
    addParts(written, start, parts);
    tokens.push(...parts.filter((part) => stems.has(part.stem)));
  });
  return tokens;
}

function know(written: string): KnownWord {
  const known = knownWords.get(written);
  if (known !== undefined) return known;
  if (knownWords.size >= mostKnown) knownWords.clear();
  const exact = foldWord(written);
  const isIdentifier = written.length > 3 && written.length <= longestIdentifier && identifier.test(written);
  const word = { exact, stem: stemWord(exact), isIdentifier };
  // Endless words would fill the memory and do not come back.
  if (written.length <= longestIdentifier) knownWords.set(written, word);
  return word;
}

function addParts(written: string, offset: number, tokens: Token[]): void {
  for (const match of written.matchAll(identifierPart)) {
    if (match[0].length < 2 || match[0].length === written.length) continue;
    const { exact, stem } = know(match[0]);
    const start = offset + match.index;
    tokens.push({ start, end: start + match[0].length, exact, stem });
  }
}

/** A text's stems as one line, the form in which the full-text tables take it. */
export function stemLine(tokens: readonly Token[]): string {
  let line = "";
  for (const token of tokens) line += `${token.stem} `;
  return line;
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
