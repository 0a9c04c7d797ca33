/** Numbers that a place takes: a power of two, of which the last is not used. */
const stride = 4;

/** Numbers by a pair of 32-bit hashes, in open addressing: no text is kept, and none is made to look one up. */
export class HashTable {
  /** First, second and number of each place side by side, so that a look reads one line of memory; -1 is free. */
  private readonly places: Int32Array;
  private readonly mask: number;
  size = 0;

  /** Room for half of `capacity`, which is a power of two. */
  constructor(readonly capacity: number) {
    this.places = new Int32Array(stride * capacity).fill(-1);
    this.mask = capacity - 1;
  }

  /** The number, or -1. */
  get(first: number, second: number): number {
    const { places, mask } = this;
    for (let at = first & mask; ; at = (at + 1) & mask) {
      const value = places[stride * at + 2] ?? -1;
      if (value === -1) return -1;
      if (places[stride * at] === (first | 0) && places[stride * at + 1] === (second | 0)) return value;
    }
  }

  /** Stores a number of 0 or more under a pair that is not there yet. */
  set(first: number, second: number, value: number): void {
    let at = first & this.mask;
    while (this.places[stride * at + 2] !== -1) at = (at + 1) & this.mask;
    this.places[stride * at] = first;
    this.places[stride * at + 1] = second;
    this.places[stride * at + 2] = value;
    this.size++;
  }

  clear(): void {
    this.places.fill(-1);
    this.size = 0;
  }
}
