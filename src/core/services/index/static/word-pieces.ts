/**
 * WordPiece over Latin letters and digits (Devlin et al. 2018, section 3; the greedy longest match of Wu et al. 2016):
 * a word is the longest piece of the vocabulary that it starts with, then the longest that goes on from there. Words in
 * other scripts have no pieces.
 */
import { HashTable } from "./hash-table";

/** A word longer than this has no pieces. */
const longestWord = 64;
/** Words whose pieces are remembered. */
const remembered = 65_536;

/** Letters and digits by character code: the lower-case ASCII code, 0 for anything else. Accents fall away. */
const letters = lettersOf();

export class WordPieces {
  private readonly starts: HashTable;
  private readonly followers: HashTable;
  private readonly known = new HashTable(2 * remembered);
  /** Pieces of words that are none themselves: how many, then their numbers, one word behind the other. */
  private lists = new Int32Array(remembered);
  private listed = 0;
  private readonly word = new Uint8Array(longestWord);
  /** Words of the last text with four letters or more, and those among them that are pieces of their own. */
  private longer = 0;
  private whole = 0;

  /** `vocabulary`: pieces in ASCII with line ends between them; those that follow others begin with "##". */
  constructor(vocabulary: Uint8Array, pieces: number) {
    let capacity = 1024;
    while (capacity < pieces * 2) capacity *= 2;
    this.starts = new HashTable(capacity);
    this.followers = new HashTable(capacity);
    this.fill(vocabulary);
  }

  /** Calls back with the number of each piece of the text, in order. */
  each(text: string, take: (piece: number) => void): void {
    this.longer = 0;
    this.whole = 0;
    let length = 0;
    let first = firstSeed;
    let second = secondSeed;
    for (let at = 0; at <= text.length; at++) {
      const code = at < text.length ? text.charCodeAt(at) : 0;
      const letter = code < letters.length ? (letters[code] ?? 0) : 0;
      if (letter !== 0) {
        if (length < longestWord) this.word[length] = letter;
        length++;
        first = Math.imul(first ^ letter, firstPrime);
        second = Math.imul(second ^ letter, secondPrime) + 1;
        continue;
      }
      if (length === 0) continue;
      if (length <= longestWord) this.takeWord(mix(first), second >>> 0, length, take);
      length = 0;
      first = firstSeed;
      second = secondSeed;
    }
  }

  /** Share of the last text's longer words that the vocabulary has whole; 1 when it has no longer word. */
  get familiarity(): number {
    return this.longer === 0 ? 1 : this.whole / this.longer;
  }

  private takeWord(first: number, second: number, length: number, take: (piece: number) => void): void {
    let known = this.known.get(first, second);
    if (known < 0) known = this.remember(first, second, length);
    const isWhole = known % 2 === 1;
    if (length >= 4) {
      this.longer++;
      if (isWhole) this.whole++;
    }
    if (isWhole) return take(known >> 1);
    const { lists } = this;
    const from = (known >> 1) + 1;
    const end = from + (lists[from - 1] ?? 0);
    // By number: an iterator over a typed array costs more than all the rest here.
    for (let at = from; at < end; at++) take(lists[at] ?? -1);
  }

  /** Twice the number of a piece that is the whole word, plus 1; or twice the place in `lists` where its pieces are. */
  private remember(first: number, second: number, length: number): number {
    if (this.known.size >= remembered) {
      this.known.clear();
      this.listed = 0;
    }
    const whole = this.starts.get(first, second);
    const known = whole >= 0 ? 2 * whole + 1 : 2 * this.list(this.cut(length));
    this.known.set(first, second, known);
    return known;
  }

  /** Where in `lists` these pieces are from now on. */
  private list(pieces: readonly number[]): number {
    const at = this.listed;
    this.listed += 1 + pieces.length;
    if (this.listed > this.lists.length) {
      const larger = new Int32Array(2 * this.lists.length);
      larger.set(this.lists);
      this.lists = larger;
    }
    this.lists[at] = pieces.length;
    this.lists.set(pieces, at + 1);
    return at;
  }

  /** The pieces of the word in `this.word`; none when a part of it is not in the vocabulary. */
  private cut(length: number): number[] {
    const pieces: number[] = [];
    for (let from = 0; from < length;) {
      const table = from === 0 ? this.starts : this.followers;
      let first = firstSeed;
      let second = secondSeed;
      let best = -1;
      let end = from;
      for (let at = from; at < length; at++) {
        const letter = this.word[at] ?? 0;
        first = Math.imul(first ^ letter, firstPrime);
        second = Math.imul(second ^ letter, secondPrime) + 1;
        const piece = table.get(mix(first), second >>> 0);
        if (piece >= 0) [best, end] = [piece, at + 1];
      }
      if (best < 0) return [];
      pieces.push(best);
      from = end;
    }
    return pieces;
  }

  private fill(vocabulary: Uint8Array): void {
    const [hash, newline] = [35, 10];
    let piece = 0;
    for (let from = 0; from < vocabulary.length; piece++) {
      const found = vocabulary.indexOf(newline, from);
      const end = found < 0 ? vocabulary.length : found;
      const follows = vocabulary[from] === hash;
      let first = firstSeed;
      let second = secondSeed;
      for (let at = follows ? from + 2 : from; at < end; at++) {
        const letter = vocabulary[at] ?? 0;
        first = Math.imul(first ^ letter, firstPrime);
        second = Math.imul(second ^ letter, secondPrime) + 1;
      }
      if (end > from) (follows ? this.followers : this.starts).set(mix(first), second >>> 0, piece);
      from = end + 1;
    }
  }
}

const firstSeed = 0x811c9dc5;
const firstPrime = 0x01000193;
const secondSeed = 0x1b873593;
const secondPrime = 0x5bd1e995;

/** Spreads a hash over its low bits, which are the place in the table. */
function mix(hash: number): number {
  const spread = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (spread ^ (spread >>> 13)) >>> 0;
}

function lettersOf(): Uint8Array {
  const codes = new Uint8Array(0x250);
  for (let code = 0; code < codes.length; code++) {
    const plain = String.fromCharCode(code).toLowerCase().normalize("NFD");
    if (/^[a-z0-9]\p{M}*$/u.test(plain)) codes[code] = plain.charCodeAt(0);
  }
  return codes;
}
