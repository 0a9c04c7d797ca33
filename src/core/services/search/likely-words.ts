import { type GramStatistics, GramText, hashAt, slotOf } from "./grams";

/** Tells words whose letters follow each other as they do somewhere in the sampled texts from others; a few of these pass as well. */
export class LikelyWords {
  private readonly buffer = new GramText();

  constructor(private readonly statistics: Pick<GramStatistics, "frequencies">) {}

  /** Whether each 3-gram of a word was seen, but for what ends it: texts may hold it with another ending. */
  has(word: string): boolean {
    const { codes, length } = this.buffer.set(word);
    for (let from = 0; from + 3 < length; from++)
      if (this.statistics.frequencies[slotOf(hashAt(codes, from, 3))] === 0) return false;
    return true;
  }
}
