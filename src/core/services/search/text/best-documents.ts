import type { Documents } from "./documents";
import type { PostingList } from "./postings";

/** A term's postings, and what one whole impact of it is worth. */
export interface WeightedList {
  list: PostingList;
  weight: number;
}

/** A document found. */
export interface ScoredDocument {
  id: number;
  no: number;
  score: number;
}

/** Sums impacts over all documents of some terms. Made once and used for every query, since its tables are large. */
export class BestDocuments {
  private scores = new Float32Array();
  private touched = new Uint32Array();

  constructor(private readonly documents: Documents) {}

  /** The `limit` best by their sum, the best first, among artifacts whose byte in `mask` is 1. */
  find(lists: readonly WeightedList[], mask: Uint8Array, limit: number): ScoredDocument[] {
    const { documents } = this;
    if (this.scores.length < documents.count) {
      this.scores = new Float32Array(documents.count * 1.25);
      this.touched = new Uint32Array(this.scores.length);
    }
    const count = this.sum(lists);
    const best = new Heap(limit);
    const nos = documents.nos.view;
    for (let at = 0; at < count; at++) {
      const place = this.touched[at] ?? 0;
      const score = this.scores[place] ?? 0;
      this.scores[place] = 0;
      if (score > best.least && mask[nos[place] ?? 0] === 1) best.add(place, score);
    }
    return best
      .sorted()
      .map(({ place, score }) => ({ id: documents.ids.at(place), no: documents.nos.at(place), score }));
  }

  /** How many documents have any of the terms; they are in `touched`. */
  private sum(lists: readonly WeightedList[]): number {
    const { scores, touched } = this;
    let count = 0;
    for (const { list, weight } of lists) {
      const { places, impacts } = list;
      for (let at = 0; at < places.length; at++) {
        const place = places[at] ?? 0;
        const before = scores[place] ?? 0;
        if (before === 0) touched[count++] = place;
        // Never 0, so that a document is touched once.
        scores[place] = before + weight * (impacts[at] ?? 0) + Number.EPSILON;
      }
    }
    return count;
  }
}

/** The largest scores so far: a binary heap with the least of them on top. */
class Heap {
  private readonly places: number[] = [];
  private readonly scores: number[] = [];

  constructor(private readonly limit: number) {}

  /** What a score has to exceed. */
  get least(): number {
    return this.places.length < this.limit ? -1 : (this.scores[0] ?? -1);
  }

  add(place: number, score: number): void {
    if (this.places.length < this.limit) {
      this.places.push(place);
      this.scores.push(score);
      this.rise(this.places.length - 1);
      return;
    }
    this.places[0] = place;
    this.scores[0] = score;
    this.sink();
  }

  sorted(): { place: number; score: number }[] {
    const all = this.places.map((place, at) => ({ place, score: this.scores[at] ?? 0 }));
    return all.sort((a, b) => b.score - a.score || a.place - b.place);
  }

  private rise(from: number): void {
    for (let at = from; at > 0;) {
      const above = (at - 1) >> 1;
      if (!this.isLess(at, above)) return;
      this.swap(at, above);
      at = above;
    }
  }

  private sink(): void {
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      if (left >= this.places.length) return;
      const below = left + 1 < this.places.length && this.isLess(left + 1, left) ? left + 1 : left;
      if (!this.isLess(below, at)) return;
      this.swap(at, below);
      at = below;
    }
  }

  private isLess(one: number, other: number): boolean {
    return (this.scores[one] ?? 0) < (this.scores[other] ?? 0);
  }

  private swap(one: number, other: number): void {
    const [place, score] = [this.places[one] ?? 0, this.scores[one] ?? 0];
    this.places[one] = this.places[other] ?? 0;
    this.scores[one] = this.scores[other] ?? 0;
    this.places[other] = place;
    this.scores[other] = score;
  }
}
