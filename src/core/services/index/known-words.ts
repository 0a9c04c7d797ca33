/** What a word as it is written comes to. */
export interface KnownWord {
  written: string;
  exact: string;
  stem: string;
  exactHash: number;
  stemHash: number;
  isIdentifier: boolean;
}

/** Words that are remembered; the table has twice the room. */
const mostKnown = 65_536;
const mask = 2 * mostKnown - 1;
/** Places that are tried: in a table half empty hardly any word needs more, unless a text was made to do so. */
const mostTried = 64;
/** Endless words would fill the memory and do not come back. */
const longestKnown = 100;

/**
 * Remembers what words come to. A word is looked up where it stands in a text, by a hash that whoever found it has made
 * on the way: no text is cut out for a word that is known, which is what took most of the time with a `Map`.
 */
export class KnownWords {
  /** Numbers of words plus one, in open addressing; 0 is free. */
  private readonly places = new Int32Array(mask + 1);
  private readonly hashes = new Int32Array(mask + 1);
  private words: KnownWord[] = [];

  constructor(private readonly workOut: (written: string) => KnownWord) {}

  /** The word from `start` to `end` of `text`; `hash` depends on its units alone. */
  at(text: string, start: number, end: number, hash: number): KnownWord {
    const length = end - start;
    if (length > longestKnown) return this.workOut(text.slice(start, end));
    let at = spread(hash);
    for (let tried = 0; tried < mostTried; tried++, at = (at + 1) & mask) {
      const place = this.places[at] ?? 0;
      if (place === 0) return this.remember(this.workOut(text.slice(start, end)), hash, at);
      const word = this.words[place - 1];
      // The hash only finds candidates: a word that was made to have another's is told apart by its letters.
      if (this.hashes[at] === hash && word !== undefined && standsAt(word.written, text, start, length))
        return word;
    }
    return this.workOut(text.slice(start, end));
  }

  /** The same for a word that is a text of its own. */
  of(written: string): KnownWord {
    let hash = 0x811c9dc5;
    for (let at = 0; at < written.length; at++) hash = Math.imul(hash ^ written.charCodeAt(at), 0x01000193);
    return this.at(written, 0, written.length, hash);
  }

  private remember(word: KnownWord, hash: number, place: number): KnownWord {
    let at = place;
    if (this.words.length >= mostKnown) {
      this.words = [];
      this.places.fill(0);
      at = spread(hash);
    }
    this.places[at] = this.words.push(word);
    this.hashes[at] = hash;
    return word;
  }
}

/** Unit by unit: for words of a few letters that is quicker than `startsWith`. */
function standsAt(written: string, text: string, start: number, length: number): boolean {
  if (written.length !== length) return false;
  for (let at = 0; at < length; at++)
    if (written.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}

/** Spreads a hash over its low bits, which are the place in the table. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) & mask;
}
