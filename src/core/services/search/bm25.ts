import type { TermList } from "@/core/services/index/terms";
import { BestWindow } from "./best-window";
import type { LengthNorm, Weights } from "./weights";

/** Robertson's inverse document frequency, never negative. */
export function idf(documents: number, documentFrequency: number): number {
  const frequency = Math.min(documentFrequency, documents);
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/** Another form of a term, and what it counts where the term counts 1. */
export interface TermForm {
  stemHash: number;
  likeness: number;
}

/** One term that chunks are scored by. */
export interface ScoredTerm {
  stemHash: number;
  /** Hashes of the forms in which the query writes it. */
  exactHashes: readonly number[];
  /** Inverse document frequency. */
  rarity: number;
  /** That times how often the query says it. */
  weight: number;
  /** Whether it is a number, or has one in it. */
  isNumber?: boolean;
  forms?: readonly TermForm[];
}

/** A chunk's words, as the index keeps them. */
export interface ChunkWords {
  stems: TermList;
  exact: TermList;
  /** What people said to each other. */
  isTalk: boolean;
}

export interface WordScores {
  /** BM25 over stems. */
  words: number;
  /** BM25 over words as written. */
  exact: number;
  /** Weight of the query's neighbouring pairs that stand close together. */
  pairs: number;
  /** Weight of the different terms in the stretch of the text that holds most of it. */
  window: number;
  /** The same of the stretches that name a time. */
  time: number;
  /** Weight of the different numbers in the stretch that holds most of those. */
  numbers: number;
}

/** Words between the two of a pair, at most, plus one. */
const pairReach = 3;

/** Words in the stretch whose terms are taken together: about a sentence. */
const windowWords = 15;

/** Scores chunks by the words of one query, in a single pass over each chunk. */
export class WordScorer {
  private readonly keys: Uint32Array;
  private readonly slots: Uint8Array;
  private readonly mask: number;
  /** The term that each word looked for is a form of, and what it counts as that. */
  private readonly termOf: number[] = [];
  private readonly likeness: number[] = [];
  private readonly stemCounts: Float64Array;
  private readonly exactCounts: Float64Array;
  /** Weight of the pair (first term, second term); 0 when the query has no such pair. */
  private readonly pairWeights: Float64Array;
  private readonly pairSeen: Uint8Array;
  private readonly window: BestWindow;
  private readonly windowOfTalk: BestWindow;
  /** Undefined where the query has none. */
  private readonly numbers: BestWindow | undefined;

  /** At most 255 terms with all their forms. `pairs`, and `times`, which name a time, are by stem hash. */
  constructor(
    private readonly terms: readonly ScoredTerm[],
    pairs: readonly (readonly [number, number])[],
    private readonly weights: Pick<Weights, "title" | "heading">,
    private readonly times?: ReadonlySet<number>,
  ) {
    let capacity = 64;
    const words = terms.reduce((sum, { forms = [] }) => sum + 1 + forms.length, 0);
    while (capacity < words * 32) capacity *= 2;
    this.keys = new Uint32Array(capacity);
    this.slots = new Uint8Array(capacity);
    this.mask = capacity - 1;
    for (const [index, { stemHash, forms = [] }] of terms.entries()) {
      this.insert(stemHash, index, 1);
      for (const form of forms) this.insert(form.stemHash, index, form.likeness);
    }
    this.stemCounts = new Float64Array(terms.length);
    this.exactCounts = new Float64Array(terms.length);
    this.pairWeights = new Float64Array(terms.length * terms.length);
    this.pairSeen = new Uint8Array(terms.length * terms.length);
    const ofText = terms.map((term) => term.weight);
    this.window = new BestWindow(ofText, windowWords);
    const ofNumbers = terms.map((term) => (term.isNumber === true ? term.weight : 0));
    this.numbers = ofNumbers.some((weight) => weight > 0)
      ? new BestWindow(ofNumbers, windowWords)
      : undefined;
    this.windowOfTalk = new BestWindow(sharpened(terms), windowWords);
    for (const [first, second] of pairs) this.addPair(this.termWith(first), this.termWith(second));
  }

  /** With `parts`, puts there what each term has in `words`. */
  score(chunk: ChunkWords, norm: LengthNorm, averageLength: number, parts?: Float64Array): WordScores {
    this.stemCounts.fill(0);
    this.exactCounts.fill(0);
    this.pairSeen.fill(0);
    const window = chunk.isTalk ? this.windowOfTalk : this.window;
    window.clear();
    this.numbers?.clear();
    const pairs = this.count(chunk, window);
    const length = chunk.stems.hashes.length;
    const damping = norm.k1 * (1 - norm.b + (norm.b * length) / averageLength);
    return {
      words: this.sum(this.stemCounts, norm.k1, damping, parts),
      exact: this.sum(this.exactCounts, norm.k1, damping),
      pairs,
      window: window.best,
      time: window.bestMarked,
      numbers: chunk.isTalk ? 0 : (this.numbers?.best ?? 0),
    };
  }

  private count({ stems, exact }: ChunkWords, window: BestWindow): number {
    const { hashes, title, heading } = stems;
    const { slots, mask, times } = this;
    let pairs = 0;
    let previous = -1;
    let previousAt = -pairReach - 1;
    for (let at = 0; at < hashes.length; at++) {
      const hash = hashes[at] ?? 0;
      if (times !== undefined && at >= title + heading && times.has(hash)) window.mark(at);
      // Most words are none of the query's, and most of these are told by one look.
      if (slots[hash & mask] === 0) continue;
      const word = this.find(hash);
      if (word < 0) continue;
      const term = this.termOf[word] ?? 0;
      const ofPlace = at < title ? this.weights.title : at < title + heading ? this.weights.heading : 1;
      const worth = ofPlace * (this.likeness[word] ?? 1);
      this.stemCounts[term] = (this.stemCounts[term] ?? 0) + worth;
      if (this.terms[term]?.exactHashes.includes(exact.hashes[at] ?? 0) === true) {
        this.exactCounts[term] = (this.exactCounts[term] ?? 0) + worth;
      }
      if (at >= title + heading) {
        window.add(term, at);
        if (this.terms[term]?.isNumber === true) this.numbers?.add(term, at);
      }
      if (at - previousAt <= pairReach) pairs += this.takePair(previous, term);
      previous = term;
      previousAt = at;
    }
    return pairs;
  }

  private sum(counts: Float64Array, k1: number, damping: number, parts?: Float64Array): number {
    let score = 0;
    for (let index = 0; index < counts.length; index++) {
      const count = counts[index] ?? 0;
      if (count === 0) continue;
      const part = ((this.terms[index]?.weight ?? 0) * count * (k1 + 1)) / (count + damping);
      if (parts !== undefined) parts[index] = part;
      score += part;
    }
    return score;
  }

  private takePair(first: number, second: number): number {
    const key = first * this.terms.length + second;
    if (this.pairSeen[key] === 1) return 0;
    this.pairSeen[key] = 1;
    return this.pairWeights[key] ?? 0;
  }

  private addPair(first: number, second: number): void {
    if (first < 0 || second < 0) return;
    const weight = Math.min(this.terms[first]?.weight ?? 0, this.terms[second]?.weight ?? 0);
    this.pairWeights[first * this.terms.length + second] = weight;
  }

  private insert(hash: number, term: number, likeness: number): void {
    let at = hash & this.mask;
    while (this.slots[at] !== 0) at = (at + 1) & this.mask;
    this.keys[at] = hash;
    this.slots[at] = this.termOf.push(term);
    this.likeness.push(likeness);
  }

  private termWith(hash: number): number {
    return this.termOf[this.find(hash)] ?? -1;
  }

  /** Which of the words looked for it is, or −1. */
  private find(hash: number): number {
    let at = hash & this.mask;
    for (;;) {
      const slot = this.slots[at] ?? 0;
      if (slot === 0) return -1;
      if (this.keys[at] === hash) return slot - 1;
      at = (at + 1) & this.mask;
    }
  }
}

/**
 * Weights of terms in the window of talk: by the square of their rarity, all of them together as much as before. People who
 * talk for an hour say some common words of any question close together; rare ones seldom meet by chance.
 */
function sharpened(terms: readonly ScoredTerm[]): number[] {
  const weights = terms.map((term) => term.weight * term.rarity);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const wanted = terms.reduce((total, term) => total + term.weight, 0);
  return weights.map((weight) => (sum > 0 ? (weight * wanted) / sum : 0));
}
