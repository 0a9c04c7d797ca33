/** The newest of very many dated things, the newest first; undated ones come last, equal dates go by id. */
export class Newest {
  private kept: { id: string; date: string }[] = [];

  constructor(private readonly count: number) {}

  add(id: string, date: string | null): void {
    this.kept.push({ id, date: date ?? "" });
    if (this.kept.length >= 8 * this.count) this.prune();
  }

  ids(): string[] {
    this.prune();
    return this.kept.map(({ id }) => id);
  }

  private prune(): void {
    const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
    this.kept.sort((a, b) => order(b.date, a.date) || order(a.id, b.id));
    this.kept.length = Math.min(this.kept.length, this.count);
  }
}
