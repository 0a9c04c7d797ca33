/** Where in a text most of a query stands close together: terms are added in order of their places. */
export class BestWindow {
  /** Weight of the different terms in the best window so far. */
  best = 0;
  /** The same of the windows that hold one of the places marked. */
  bestMarked = 0;
  private markedAt = Number.NEGATIVE_INFINITY;
  private sum = 0;
  private readonly inside: Uint16Array;
  private readonly terms: number[] = [];
  private readonly places: number[] = [];
  private first = 0;

  /** `weights` by term number; a window spans `words` places. */
  constructor(
    private readonly weights: readonly number[],
    private readonly words: number,
  ) {
    this.inside = new Uint16Array(weights.length);
  }

  clear(): void {
    this.best = 0;
    this.bestMarked = 0;
    this.markedAt = Number.NEGATIVE_INFINITY;
    this.sum = 0;
    this.first = 0;
    this.inside.fill(0);
    this.terms.length = 0;
    this.places.length = 0;
  }

  add(term: number, place: number): void {
    this.leaveBehind(place);
    this.terms.push(term);
    this.places.push(place);
    const count = (this.inside[term] ?? 0) + 1;
    this.inside[term] = count;
    if (count === 1) this.sum += this.weights[term] ?? 0;
    if (this.sum > this.best) this.best = this.sum;
    if (place - this.markedAt < this.words) this.takeMarked();
  }

  /** Marks a place, which comes after all that were added. */
  mark(place: number): void {
    this.leaveBehind(place);
    this.markedAt = place;
    this.takeMarked();
  }

  private takeMarked(): void {
    if (this.sum > this.bestMarked) this.bestMarked = this.sum;
  }

  private leaveBehind(place: number): void {
    while (this.first < this.places.length && place - (this.places[this.first] ?? 0) >= this.words) {
      const left = this.terms[this.first] ?? 0;
      const count = (this.inside[left] ?? 0) - 1;
      this.inside[left] = count;
      if (count === 0) this.sum -= this.weights[left] ?? 0;
      this.first++;
    }
  }
}
