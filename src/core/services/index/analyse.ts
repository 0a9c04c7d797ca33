import { Stemmer } from "./stem";
import { wordsOf } from "./words";

/** One word as the index holds it: folded, stemmed, and where it stands in the text. */
export interface Token {
  start: number;
  end: number;
  exact: string;
  stem: string;
}

const stemmer = new Stemmer();
const longestIdentifier = 100;
const identifier = /[a-z][A-Z]|[A-Z]{2}[a-z]|\p{L}{3}\p{N}/u;
const identifierPart = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;

/** The tokens of a text in order; an identifier (camelCase, name123) is followed by its parts. */
export function analyse(text: string): Token[] {
  const tokens: Token[] = [];
  for (const word of wordsOf(text)) {
    tokens.push({ start: word.start, end: word.end, exact: word.text, stem: stemmer.stem(word.text) });
    const written = text.slice(word.start, word.end);
    if (written.length > 3 && written.length <= longestIdentifier && identifier.test(written))
      addParts(written, word.start, tokens);
  }
  return tokens;
}

function addParts(written: string, offset: number, tokens: Token[]): void {
  for (const match of written.matchAll(identifierPart)) {
    if (match[0].length < 2 || match[0].length === written.length) continue;
    const [word] = wordsOf(match[0]);
    if (word === undefined) continue;
    const start = offset + match.index;
    tokens.push({ start, end: start + match[0].length, exact: word.text, stem: stemmer.stem(word.text) });
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
