/** What a scripted provider holds: items that come, change, go, hide and return, on the provider's own clock. */
export interface WorldItem {
  id: string;
  text: string;
  /** Epoch milliseconds on the provider's clock. */
  updatedAt: number;
  hidden: boolean;
  deleted: boolean;
}

export class World {
  readonly items = new Map<string, WorldItem>();
  /** How far the provider's clock is ahead of ours, in milliseconds. */
  skewMs = 0;
  private last = 0;

  /** The provider's time now; no two changes share one, unless a test says so. */
  now(): number {
    this.last = Math.max(this.last + 1, Date.now() + this.skewMs);
    return this.last;
  }

  /** Creates, edits or restores an item. */
  put(id: string, text: string, updatedAt = this.now()): void {
    this.items.set(id, { id, text, updatedAt, hidden: false, deleted: false });
  }

  fill(count: number, text = (index: number) => `The harbour crane number ${index} was painted.`): void {
    for (let index = 0; index < count; index++) this.put(`i${String(index).padStart(3, "0")}`, text(index));
  }

  delete(id: string): void {
    this.change(id, { deleted: true });
  }

  hide(id: string): void {
    this.change(id, { hidden: true });
  }

  restore(id: string): void {
    this.change(id, { hidden: false, deleted: false });
  }

  /** Items that the credential can see, by id. */
  visible(): WorldItem[] {
    return [...this.items.values()]
      .filter((item) => !item.hidden && !item.deleted)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Changes from `since` on, deletions included, in the order of their times. */
  changes(since: number): WorldItem[] {
    return [...this.items.values()]
      .filter((item) => item.updatedAt >= since)
      .sort((a, b) => a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : 1));
  }

  /** What must be served once syncs are at rest: text by id. */
  truth(): Map<string, string> {
    return new Map(this.visible().map((item) => [item.id, item.text]));
  }

  private change(id: string, change: Partial<WorldItem>): void {
    const item = this.items.get(id);
    if (item !== undefined) this.items.set(id, { ...item, ...change, updatedAt: this.now() });
  }
}
