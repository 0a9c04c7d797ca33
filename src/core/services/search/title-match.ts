import { termHash } from "@/core/services/index/analyse";
import type { TermList } from "@/core/services/index/terms";
import type { ScoredTerm } from "./bm25";
import { stopStems } from "./query";

const stopHashes: ReadonlySet<number> = new Set([...stopStems].map((stem) => termHash(stem)));
/** How fast it falls where a title is only a part of the query, or the query of a title: half of either is next to nothing. */
const steepness = 4;

/**
 * Tells titles that are the query. Who asks for "Food" means what is called so, and of the texts that say it most are about
 * something else: those that are called "Food supplements".
 */
export class TitleMatch {
  /** The query's words and their other forms, by stem hash. */
  private readonly words = new Map<number, { term: number; likeness: number }>();
  /** Part of the query that each of its words is. */
  private readonly shares: readonly number[];

  constructor(terms: readonly ScoredTerm[]) {
    for (const [term, { forms = [] }] of terms.entries())
      for (const { stemHash, likeness } of forms) this.words.set(stemHash, { term, likeness });
    for (const [term, { stemHash }] of terms.entries()) this.words.set(stemHash, { term, likeness: 1 });
    const sum = terms.reduce((total, { weight }) => total + weight, 0);
    this.shares = terms.map(({ weight }) => (sum > 0 ? weight / sum : 0));
  }

  /**
   * From 0 to 1, where both are the same words but for stop words: the share of the query's weight that the title has, times the share
   * of the title's words that the query has, to the fourth power.
   */
  of({ hashes, title }: TermList): number {
    const likenesses = new Map<number, number>();
    let [words, asked] = [0, 0];
    for (let at = 0; at < title; at++) {
      const hash = hashes[at] ?? 0;
      const word = this.words.get(hash);
      if (word === undefined && stopHashes.has(hash)) continue;
      words++;
      if (word === undefined) continue;
      asked++;
      likenesses.set(word.term, Math.max(word.likeness, likenesses.get(word.term) ?? 0));
    }
    let share = 0;
    for (const [term, likeness] of likenesses) share += likeness * (this.shares[term] ?? 0);
    return asked === 0 ? 0 : ((share * asked) / words) ** steepness;
  }
}
