import type { PostingList } from "./posting-list";
import type { Postings } from "./postings";

/** Impacts made exact at a time: some milliseconds. */
const exactASlice = 4_000;
/** Terms that wait at most, of either kind. */
export const mostWanted = 500;

/** A list that holds impacts which are only supposed, and how rare its term is. */
interface Wanted {
  postings: Postings;
  list: PostingList;
  rarity: number;
}

/** What takes too long for a search, and is done between searches, a little at a time. */
export class ReadLater {
  /** Terms whose lists are to be read. */
  private readonly expected = new Set<string>();
  private readonly wanted = new Map<string, Wanted & { stem: string }>();

  expect(stems: readonly string[]): void {
    for (const stem of stems) if (this.expected.size < mostWanted) this.expected.add(stem);
  }

  /** Takes a term out of those whose lists are to be read. */
  nextExpected(): string | undefined {
    const [stem] = this.expected;
    if (stem !== undefined) this.expected.delete(stem);
    return stem;
  }

  /** How many impacts were made exact: all that were not, if these are no more than `most`; else they wait. */
  async sharpen(stem: string, wanted: Wanted, most: number): Promise<number> {
    const { postings, list, rarity } = wanted;
    const missing = list.places.length - list.exact;
    if (missing > most) {
      if (this.wanted.size < mostWanted) this.wanted.set(`${postings.name} ${stem}`, { ...wanted, stem });
      return 0;
    }
    await postings.sharpen(stem, list, missing, rarity);
    return missing;
  }

  /** Makes some of the impacts exact that wait for it. False when none do. */
  async sharpenSome(): Promise<boolean> {
    const [next] = this.wanted;
    if (next === undefined) return false;
    const [key, { stem, postings, list, rarity }] = next;
    await postings.sharpen(stem, list, exactASlice, rarity);
    if (list.exact >= list.places.length) this.wanted.delete(key);
    return true;
  }

  /** Forgets lists that are read anew. */
  forgetWanted(): void {
    this.wanted.clear();
  }
}
