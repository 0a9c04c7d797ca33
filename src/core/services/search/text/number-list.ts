/** A growing list of whole numbers below 2³², four bytes each. */
export class NumberList {
  private numbers = new Uint32Array(16);
  length = 0;

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.length++] = number;
  }

  /** Replaces the one at `index`. */
  set(index: number, number: number): void {
    if (index < this.length) this.numbers[index] = number;
  }

  /** 0 where there is none. */
  at(index: number): number {
    return index < this.length ? (this.numbers[index] ?? 0) : 0;
  }

  /** The numbers themselves, as long as nothing is added. */
  get view(): Uint32Array {
    return this.numbers.subarray(0, this.length);
  }
}
