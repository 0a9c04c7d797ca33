/** Reads SQLite's varints one after the other: seven bits a byte, the highest first, all eight of a ninth. */
export class VarintReader {
  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {}

  /** The next number. Those beyond 2⁵³ are not exact; none of the numbers read here is that large. */
  next(): number {
    const first = this.bytes[this.at++] ?? 0;
    return first < 128 ? first : this.longer(first & 127);
  }

  private longer(high: number): number {
    let number = high;
    for (let length = 2; length < 9; length++) {
      const byte = this.bytes[this.at++] ?? 0;
      number = number * 128 + (byte & 127);
      if (byte < 128) return number;
    }
    return number * 256 + (this.bytes[this.at++] ?? 0);
  }
}
