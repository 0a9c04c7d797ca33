interface Entry {
  count: number;
  forms: Map<string, number>;
}

/** A name, and in how many artifacts it is met. */
interface Named {
  entity: string;
  count: number;
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

  /** The most frequent names in their most frequent spelling; ties by name. Sorts none but those that are asked for. */
  top(limit: number): Named[] {
    const best: Named[] = [];
    for (const { count, forms } of this.entries.values()) {
      const worst = best.length < limit ? undefined : best.at(-1);
      if (worst !== undefined && count < worst.count) continue;
      const named = { entity: commonest(forms), count };
      if (worst !== undefined && !comesBefore(named, worst)) continue;
      const place = best.findIndex((other) => comesBefore(named, other));
      best.splice(place < 0 ? best.length : place, 0, named);
      if (best.length > limit) best.pop();
    }
    return best;
  }

  /** Forgets the rarest names when there are too many; the frequent ones, which are asked for, keep their counts. */
  private prune(): void {
    for (let atMost = 1; this.entries.size > MAX_ENTRIES; atMost *= 2) {
      for (const [key, entry] of this.entries) if (entry.count <= atMost) this.entries.delete(key);
    }
  }
}

function comesBefore(a: Named, b: Named): boolean {
  return a.count === b.count ? a.entity < b.entity : a.count > b.count;
}

function commonest(forms: ReadonlyMap<string, number>): string {
  let best = "";
  let count = 0;
  for (const [form, times] of forms) if (times > count) [best, count] = [form, times];
  return best;
}
