interface Kept<Value> {
  value: Value;
  bytes: number;
  /** Where its number stands in the list of all. */
  at: number;
}

/**
 * Values by number, as many as fit into so many bytes. What makes room is chosen by chance: of rows that are asked for
 * over and over and do not all fit, a share stays, where giving up the oldest would leave none of them.
 */
export class KeptValues<Value> {
  private readonly kept = new Map<number, Kept<Value>>();
  private readonly ids: number[] = [];
  private bytes = 0;

  /** @param pick a number from 0 up to 1, for what goes */
  constructor(
    private readonly mostBytes: number,
    private readonly pick: () => number = Math.random,
  ) {}

  /** Bytes of all values, as they were told. */
  get size(): number {
    return this.bytes;
  }

  get(id: number): Value | undefined {
    return this.kept.get(id)?.value;
  }

  /** Keeps a value that takes so many bytes, unless there is one for this number already. */
  keep(id: number, value: Value, bytes: number): void {
    if (bytes > this.mostBytes || this.kept.has(id)) return;
    while (this.bytes + bytes > this.mostBytes) this.drop();
    this.kept.set(id, { value, bytes, at: this.ids.length });
    this.ids.push(id);
    this.bytes += bytes;
  }

  clear(): void {
    this.kept.clear();
    this.ids.length = 0;
    this.bytes = 0;
  }

  private drop(): void {
    const at = Math.floor(this.pick() * this.ids.length);
    const id = this.ids[at] ?? 0;
    const gone = this.kept.get(id);
    this.kept.delete(id);
    this.bytes -= gone?.bytes ?? 0;
    // The last takes its place in the list.
    const last = this.ids.pop() ?? 0;
    const moved = this.kept.get(last);
    if (moved === undefined) return;
    this.ids[at] = last;
    moved.at = at;
  }
}
