/** What a word as it is written comes to. */
export interface KnownWord {
  written: string;
  exact: string;
  stem: string;
  exactHash: number;
  stemHash: number;
  isIdentifier: boolean;
  /** In small letters, and how rules that look for what a text is about see it. */
  lower: string;
  /** Whether it carries the subject: see `isTerm`. */
  isTerm: boolean;
  isEnglishFunction: boolean;
  isGermanFunction: boolean;
}

/** Words that are remembered; the table has twice the room. */
const mostKnown = 65_536;
const mask = 2 * mostKnown - 1;
/** Places that are tried: in a table half empty hardly any word needs more, unless a text was made to do so. */
const mostTried = 64;
/** Endless words would fill the memory and do not come back. */
const longestKnown = 100;

/** Numbers that a place takes: hash, number of the word plus one (0 is free), where its letters are, how many. */
const stride = 4;

/**
 * Remembers what words come to. A word is looked up where it stands in a text, by a hash that whoever found it has made
 * on the way: no text is cut out for a word that is known, which is what took most of the time with a `Map`. What a look
 * needs lies together, since with tens of thousands of words every other line of memory it reads is a wait.
 */
export class KnownWords {
  private readonly places = new Int32Array(stride * (mask + 1));
  /** Letters of the words, one behind the other. */
  private letters = new Uint16Array(8 * mostKnown);
  private written = 0;
  private words: KnownWord[] = [];

  constructor(private readonly workOut: (written: string) => KnownWord) {}

  /** The word from `start` to `end` of `text`; `hash` depends on its units alone. */
  at(text: string, start: number, end: number, hash: number): KnownWord {
    const { places, letters } = this;
    const length = end - start;
    if (length > longestKnown) return this.workOut(text.slice(start, end));
    let at = spread(hash);
    for (let tried = 0; tried < mostTried; tried++, at = (at + 1) & mask) {
      const place = stride * at;
      const number = places[place + 1] ?? 0;
      if (number === 0) return this.remember(this.workOut(text.slice(start, end)), hash, at);
      // The hash only finds candidates: a word that was made to have another's is told apart by its letters.
      if (places[place] !== hash || places[place + 3] !== length) continue;
      if (!standsAt(letters, places[place + 2] ?? 0, text, start, length)) continue;
      const word = this.words[number - 1];
      if (word !== undefined) return word;
    }
    return this.workOut(text.slice(start, end));
  }

  /** The same for a word that is a text of its own. */
  of(written: string): KnownWord {
    let hash = 0x811c9dc5;
    for (let at = 0; at < written.length; at++) hash = Math.imul(hash ^ written.charCodeAt(at), 0x01000193);
    return this.at(written, 0, written.length, hash);
  }

  private remember(word: KnownWord, hash: number, free: number): KnownWord {
    const { written } = word;
    let at = free;
    if (this.words.length >= mostKnown) {
      this.words = [];
      this.written = 0;
      this.places.fill(0);
      at = spread(hash);
    }
    const from = this.written;
    this.written += written.length;
    if (this.written > this.letters.length) {
      const larger = new Uint16Array(2 * this.letters.length);
      larger.set(this.letters);
      this.letters = larger;
    }
    for (let index = 0; index < written.length; index++)
      this.letters[from + index] = written.charCodeAt(index);
    this.places.set([hash, this.words.push(word), from, written.length], stride * at);
    return word;
  }
}

/** Unit by unit: for words of a few letters that is quicker than `startsWith`. */
function standsAt(letters: Uint16Array, from: number, text: string, start: number, length: number): boolean {
  for (let at = 0; at < length; at++) if (letters[from + at] !== text.charCodeAt(start + at)) return false;
  return true;
}

/** Spreads a hash over its low bits, which are the place in the table. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) & mask;
}
