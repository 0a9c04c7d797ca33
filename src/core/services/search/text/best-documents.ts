import type { Documents } from "./documents";
import type { PostingList } from "./posting-list";

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
      // One more: what is written after the last document is not counted.
      this.touched = new Uint32Array(this.scores.length + 1);
    }
    const { scores, touched } = this;
    const count = this.sum(lists);
    const best = new Heap(limit);
    const nos = documents.nos.view;
    for (let at = 0; at < count; at++) {
      const place = touched[at] ?? 0;
      const score = scores[place] ?? 0;
      scores[place] = 0;
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
        touched[count] = place;
        // Counted on without a branch: whether a document was met before cannot be foreseen.
        count += Number(before === 0);
        // Never 0, so that a document is touched once.
        scores[place] = before + weight * (impacts[at] ?? 0) + Number.EPSILON;
      }
    }
    return count;
  }
}

/** The largest scores so far: a binary heap with the least of them on top. */
class Heap {
  private readonly places: Uint32Array;
  private readonly scores: Float64Array;
  private count = 0;
  /** What a score has to exceed. */
  least = -1;

  constructor(private readonly limit: number) {
    this.places = new Uint32Array(limit);
    this.scores = new Float64Array(limit);
  }

  add(place: number, score: number): void {
    if (this.count < this.limit) this.rise(this.count++, place, score);
    else this.sink(place, score);
    if (this.count === this.limit) this.least = this.scores[0] ?? -1;
  }

  sorted(): { place: number; score: number }[] {
    const all = Array.from(this.places.subarray(0, this.count), (place, at) => ({
      place,
      score: this.scores[at] ?? 0,
    }));
    return all.sort((a, b) => b.score - a.score || a.place - b.place);
  }

  /** Moves the free position `at` up until the score fits in. */
  private rise(at: number, place: number, score: number): void {
    let free = at;
    while (free > 0) {
      const above = (free - 1) >> 1;
      if ((this.scores[above] ?? 0) <= score) break;
      this.move(above, free);
      free = above;
    }
    this.put(free, place, score);
  }

  /** Takes the least away, and moves its position down until the score fits in. */
  private sink(place: number, score: number): void {
    let free = 0;
    for (let below = 1; below < this.count; below = 2 * free + 1) {
      if (below + 1 < this.count && (this.scores[below + 1] ?? 0) < (this.scores[below] ?? 0)) below++;
      if ((this.scores[below] ?? 0) >= score) break;
      this.move(below, free);
      free = below;
    }
    this.put(free, place, score);
  }

  private move(from: number, to: number): void {
    this.put(to, this.places[from] ?? 0, this.scores[from] ?? 0);
  }

  private put(at: number, place: number, score: number): void {
    this.places[at] = place;
    this.scores[at] = score;
  }
}
