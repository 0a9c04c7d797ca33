import { analyse } from "@/core/services/index/analyse";

/** Chunks that have a word, from which reading its postings takes a search noticeable time. */
const leastChunks = 5_000;
/** Postings read ahead of any search, at six bytes each: some 18 MB. */
const mostPostings = 3_000_000;

/** Texts looked at in one step, which takes some milliseconds. */
const textsAStep = 20;

/** Stems that many of an index's `chunks` have, judged by the texts of some of them, which are looked at in steps. */
export class CommonTerms {
  readonly #counts = new Map<string, number>();
  #at = 0;

  constructor(
    private readonly texts: readonly string[],
    private readonly chunks: number,
  ) {
    // No word is in so many and yet not in most.
    if (chunks / 2 < leastChunks) this.#at = texts.length;
  }

  /** Looks at the next texts. False when all were. */
  step(): boolean {
    for (const text of this.texts.slice(this.#at, this.#at + textsAStep)) {
      for (const stem of new Set(analyse(text).map((token) => token.stem)))
        this.#counts.set(stem, (this.#counts.get(stem) ?? 0) + 1);
    }
    this.#at += textsAStep;
    return this.#at < this.texts.length;
  }

  /**
   * The commonest first, as many as may be kept. Those in more than half are left out, since their postings are read
   * another way.
   */
  found(): string[] {
    const { chunks } = this;
    const each = chunks / Math.max(1, this.texts.length);
    const common = [...this.#counts]
      .map(([stem, count]) => ({ stem, chunks: count * each }))
      .filter((term) => term.chunks >= leastChunks && term.chunks <= chunks / 2)
      .sort((a, b) => b.chunks - a.chunks);
    let postings = 0;
    return common.filter((term) => (postings += term.chunks) <= mostPostings).map(({ stem }) => stem);
  }
}
