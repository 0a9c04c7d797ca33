import type { TermList } from "@/core/services/index/terms";

/** Words of a passage that are compared; hardly any has more. */
const mostWords = 512;

/** A set of words that is emptied at no cost: some hundred are filled a search. */
class WordSet {
  private readonly mask = 4 * mostWords - 1;
  private readonly words = new Uint32Array(this.mask + 1);
  /** In which round each place was filled. */
  private readonly rounds = new Uint32Array(this.mask + 1);
  private round = 0;
  /** Whose words are in it. */
  private owner: Uint32Array | undefined;

  /** Each of these words once. */
  different(words: Uint32Array): Uint32Array {
    this.empty();
    const found = new Uint32Array(words.length);
    let count = 0;
    for (const word of words) if (this.add(word)) found[count++] = word;
    return found.slice(0, count);
  }

  /** How many words are in both lists, each of which has them once. */
  shared(own: Uint32Array, others: Uint32Array): number {
    if (this.owner !== own) {
      this.empty();
      this.owner = own;
      for (const word of own) this.add(word);
    }
    let count = 0;
    for (let at = 0; at < others.length; at++)
      if (this.rounds[this.placeOf(others[at] ?? 0)] === this.round) count++;
    return count;
  }

  private empty(): void {
    this.owner = undefined;
    this.round++;
    // What a place holds has no more digits.
    if (this.round <= 0xffffffff) return;
    this.rounds.fill(0);
    this.round = 1;
  }

  /** False when it was there already. */
  private add(word: number): boolean {
    const place = this.placeOf(word);
    if (this.rounds[place] === this.round) return false;
    this.words[place] = word;
    this.rounds[place] = this.round;
    return true;
  }

  /** Where a word is, or would be. */
  private placeOf(word: number): number {
    let place = word & this.mask;
    while (this.rounds[place] === this.round && this.words[place] !== word) place = (place + 1) & this.mask;
    return place;
  }
}

/** Shared by all searches of a thread: nothing waits between filling it and reading it. */
const set = new WordSet();
/**
 * By text and by pair of texts: the same passages are found again and again, and a search asks twice. They hold what follows
 * from the texts alone, as long as somebody else holds these, so that no search can tell whether another was before it.
 */
const differentWords = new WeakMap<TermList, Uint32Array>();
const known = new WeakMap<TermList, WeakMap<TermList, number>>();

/**
 * How many of their words two texts share, from 0 to 1 (the cosine of their sets of stems), without titles, which all messages
 * of a channel may have in common. A text without words is like none.
 */
export function likeness(one: TermList, other: TermList): number {
  const before = known.get(one)?.get(other) ?? known.get(other)?.get(one);
  if (before !== undefined) return before;
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const found = a.length === 0 || b.length === 0 ? 0 : set.shared(a, b) / Math.sqrt(a.length * b.length);
  const ofOne = known.get(one) ?? new WeakMap<TermList, number>();
  known.set(one, ofOne.set(other, found));
  return found;
}

function wordsOf(text: TermList): Uint32Array {
  const before = differentWords.get(text);
  if (before !== undefined) return before;
  const start = text.title + text.heading;
  const words = set.different(text.hashes.subarray(start, start + mostWords));
  differentWords.set(text, words);
  return words;
}
