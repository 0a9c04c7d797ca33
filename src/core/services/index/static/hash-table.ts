/** Numbers by a pair of 32-bit hashes, in open addressing: no text is kept, and none is made to look one up. */
export class HashTable {
  private readonly first: Uint32Array;
  private readonly second: Uint32Array;
  private readonly values: Int32Array;
  private readonly mask: number;
  size = 0;

  /** Room for half of `capacity`, which is a power of two. */
  constructor(readonly capacity: number) {
    this.first = new Uint32Array(capacity);
    this.second = new Uint32Array(capacity);
    this.values = new Int32Array(capacity).fill(-1);
    this.mask = capacity - 1;
  }

  /** The number, or -1. */
  get(first: number, second: number): number {
    for (let at = first & this.mask; ; at = (at + 1) & this.mask) {
      const value = this.values[at] ?? -1;
      if (value === -1) return -1;
      if (this.first[at] === first && this.second[at] === second) return value;
    }
  }

  /** Stores a number of 0 or more under a pair that is not there yet. */
  set(first: number, second: number, value: number): void {
    let at = first & this.mask;
    while (this.values[at] !== -1) at = (at + 1) & this.mask;
    this.first[at] = first;
    this.second[at] = second;
    this.values[at] = value;
    this.size++;
  }

  clear(): void {
    this.values.fill(-1);
    this.size = 0;
  }
}
