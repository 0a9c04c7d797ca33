interface Entry {
  count: number;
  forms: Map<string, number>;
}

const MAX_ENTRIES = 50_000;
const MAX_FORMS = 5;

/** Counts in how many artifacts each name is met, without regard to case, in bounded memory. */
export class EntityCounter {
  private entries = new Map<string, Entry>();

  /** Takes the names of one artifact. */
  add(entities: readonly string[]): void {
    const met = new Set<string>();
    for (const form of entities) {
      const key = form.toLowerCase();
      if (met.has(key)) continue;
      met.add(key);
      const entry = this.entries.get(key) ?? { count: 0, forms: new Map<string, number>() };
      entry.count++;
      if (entry.forms.has(form) || entry.forms.size < MAX_FORMS)
        entry.forms.set(form, (entry.forms.get(form) ?? 0) + 1);
      this.entries.set(key, entry);
    }
    this.prune();
  }

  /** The most frequent names in their most frequent spelling; ties by name. */
  top(limit: number): { entity: string; count: number }[] {
    return [...this.entries.values()]
      .map(({ count, forms }) => ({ entity: commonest(forms), count }))
      .sort((a, b) => b.count - a.count || (a.entity < b.entity ? -1 : 1))
      .slice(0, limit);
  }

  /** Forgets the rarest names when there are too many; the frequent ones, which are asked for, keep their counts. */
  private prune(): void {
    for (let atMost = 1; this.entries.size > MAX_ENTRIES; atMost *= 2) {
      for (const [key, entry] of this.entries) if (entry.count <= atMost) this.entries.delete(key);
    }
  }
}

function commonest(forms: ReadonlyMap<string, number>): string {
  let best = "";
  let count = 0;
  for (const [form, times] of forms) if (times > count) [best, count] = [form, times];
  return best;
}
