import { LIMITS } from "./types";

/** What kind of mark a text gave of a name; decides how much one mention counts. */
export type Mention = "strong" | "weak" | "given";

interface Entry {
  forms: Map<string, number>;
  strong: number;
  weak: number;
  /** Set for names the source itself gives: authors, speakers, tags. */
  given: boolean;
  weight: number;
  first: number;
}

/** Names without regard to case, with their counts, spellings and weights. */
export class EntityTally {
  private readonly entries = new Map<string, Entry>();

  /** Counts one mention. `weight` above 1 ranks this sort of name higher. */
  add(name: string, mention: Mention, weight = 1): void {
    const form = name.normalize("NFC").replace(/\s+/g, " ").trim();
    if (form.length < 2 || form.length > LIMITS.entityLength) return;
    const key = form.toLowerCase();
    const entry = this.entries.get(key) ?? this.open(key);
    entry.forms.set(form, (entry.forms.get(form) ?? 0) + 1);
    if (mention === "weak") entry.weak++;
    else entry.strong++;
    if (mention === "given") entry.given = true;
    entry.weight = Math.max(entry.weight, weight);
  }

  /** Best names first, each in its most frequent spelling. */
  best(limit: number): string[] {
    this.mergeParts();
    return [...this.entries.values()]
      .filter((entry) => entry.strong > 0)
      .sort((a, b) => scoreOf(b) - scoreOf(a) || a.first - b.first)
      .slice(0, limit)
      .map((entry) => spellingOf(entry));
  }

  private open(key: string): Entry {
    const entry = { forms: new Map(), strong: 0, weak: 0, given: false, weight: 0, first: this.entries.size };
    this.entries.set(key, entry);
    return entry;
  }

  /** "@lynne" is "Lynne" where both are met, and "@cem" the one person whose name begins with "Cem". */
  private mergeMentions(owners: ReadonlyMap<string, readonly string[]>): void {
    for (const [key, entry] of this.entries) {
      if (!key.startsWith("@")) continue;
      const name = key.slice(1);
      const wholes = owners.get(name) ?? [];
      const named =
        this.entries.get(name) ?? (wholes.length === 1 ? this.entries.get(wholes[0] ?? "") : undefined);
      if (named === undefined) continue;
      named.strong += entry.strong;
      this.entries.delete(key);
    }
  }

  /** "Davis" goes to "Thomas Davis" when that is the only longer name it can belong to and is no rarer by far. */
  private mergeParts(): void {
    const owners = this.owners();
    this.mergeMentions(owners);
    for (const [part, wholes] of owners) {
      const short = this.entries.get(part);
      const known = wholes.filter((whole) => this.entries.get(whole)?.given === true);
      const [owner = "", other] = known.length > 0 ? known : wholes;
      const long = this.entries.get(owner);
      if (short === undefined || long === undefined || other !== undefined || short.given) continue;
      if (!long.given && short.strong + short.weak > 3 * (long.strong + long.weak)) continue;
      long.strong += short.strong;
      long.weak += short.weak;
      this.entries.delete(part);
    }
  }

  /** Names of several words by their first and their last one. */
  private owners(): Map<string, string[]> {
    const owners = new Map<string, string[]>();
    for (const [key, entry] of this.entries) {
      const words = key.split(" ");
      if (words.length < 2 || entry.strong === 0) continue;
      for (const part of new Set([words[0] ?? "", words.at(-1) ?? ""])) {
        owners.set(part, [...(owners.get(part) ?? []), key]);
      }
    }
    return owners;
  }
}

function scoreOf(entry: Entry): number {
  const early = entry.first < 10 ? 0.3 : 0;
  return (Math.sqrt(entry.strong + 0.5 * entry.weak) + early) * entry.weight + (entry.given ? 3 : 0);
}

function spellingOf(entry: Entry): string {
  let best = "";
  let count = 0;
  for (const [form, times] of entry.forms) {
    if (times > count) [best, count] = [form, times];
  }
  return best;
}
