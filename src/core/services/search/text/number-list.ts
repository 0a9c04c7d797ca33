/** A growing list of whole numbers below 2³², four bytes each. */
export class NumberList {
  private numbers: Uint32Array;
  length: number;

  /** Begins with these, which are its own from then on. */
  constructor(numbers: Uint32Array = new Uint32Array()) {
    this.numbers = numbers;
    this.length = numbers.length;
  }

  push(number: number): void {
    if (this.length === this.numbers.length) {
      const larger = new Uint32Array(Math.max(16, this.length * 2));
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
