/**
 * Where a conversation begins, told from the times and ids around a message alone, so that nothing far away can move it: an edit
 * moves nothing, a deletion at most the cuts next to it. A cut is made after a long silence, and at the longest
 * silence far and wide in talk that never pauses. The latter is local maximum chunking (Bjørner, Blass and Gurevich,
 * "Content-dependent chunking for differential compression, the local maximum approach", 2010) over silences.
 */
export interface CutRule {
  /** A silence that always ends a conversation, in milliseconds. */
  silenceMs: number;
  /** A cut elsewhere is at the longest silence among so many messages before and after. */
  radius: number;
  /** Limits of one conversation; counted from its first message, where cuts by silence leave too much in one. */
  mostMessages: number;
  mostCharacters: number;
}

export const channelRule: CutRule = {
  silenceMs: 4 * 3_600_000,
  radius: 40,
  mostMessages: 200,
  mostCharacters: 24_000,
};

/** Threads stay whole, whatever the pauses, until they are very long. */
export const threadRule: CutRule = {
  silenceMs: Number.POSITIVE_INFINITY,
  radius: 150,
  mostMessages: 600,
  mostCharacters: 100_000,
};

export interface Line {
  id: string;
  /** When it was written, in milliseconds since 1970. */
  at: number;
  /** Decides between like silences: a number from the id alone, evenly spread. */
  lot: number;
  /** Characters. */
  length: number;
}

/** Whether there is nothing more below the first line, and above the last. */
export interface Ends {
  below: boolean;
  above: boolean;
}

type Verdict = "begins" | "goes on" | "unknown";

/** For each line whether a conversation begins there; "unknown" where lines that decide are not at hand. */
export function verdicts(lines: readonly Line[], rule: CutRule, ends: Ends): Verdict[] {
  const silences = lines.map(({ at }, index) => {
    const before = lines[index - 1];
    if (before === undefined) return ends.below ? Number.POSITIVE_INFINITY : undefined;
    return at - before.at;
  });
  const ranks = lines.map(({ lot }, index) => rankOf(silences[index], lot));
  return lines.map((_line, index) => {
    const silence = silences[index];
    if (silence === undefined) return "unknown";
    if (silence >= rule.silenceMs || silence === Number.POSITIVE_INFINITY) return "begins";
    return amongNeighbours(index, ranks, rule.radius, ends);
  });
}

function amongNeighbours(index: number, ranks: readonly Rank[], radius: number, ends: Ends): Verdict {
  const own = ranks[index];
  const from = Math.max(0, index - radius);
  const to = Math.min(ranks.length - 1, index + radius);
  let unknown = index - radius < 0 && !ends.below;
  for (let other = from; other <= to; other++) {
    const rank = ranks[other];
    if (other === index || rank === undefined || own === undefined) continue;
    if (rank.silence === undefined) unknown = true;
    else if (isQuieter(rank, own)) return "goes on";
  }
  // Near the newest message it is too early to tell: the conversation goes on until enough has followed.
  if (index + radius > ranks.length - 1) return ends.above ? "goes on" : "unknown";
  return unknown ? "unknown" : "begins";
}

interface Rank {
  /** Order of magnitude of the silence before; undefined when not known. */
  silence: number | undefined;
  lot: number;
}

/** A number from an id of digits, evenly spread: multiplication by the golden ratio (Knuth, volume 3, 6.4). */
export function lotOf(digits: string): number {
  return Number(BigInt.asUintN(32, (BigInt(digits) * 0x9e37_79b9_7f4a_7c15n) >> 32n));
}

function rankOf(silence: number | undefined, lot: number): Rank {
  if (silence === undefined || silence === Number.POSITIVE_INFINITY) return { silence, lot };
  return { silence: Math.floor(Math.log2(Math.max(0, silence) / 1_000 + 1)), lot };
}

function isQuieter(one: Rank, other: Rank): boolean {
  if (one.silence !== other.silence) return (one.silence ?? 0) > (other.silence ?? 0);
  return one.lot > other.lot;
}

/** Lines in conversations. The first one may have begun earlier; where it is too long, it is cut by counting. */
export function conversationsOf(lines: readonly Line[], begins: readonly Verdict[], rule: CutRule): Line[][] {
  const found: Line[][] = [];
  let characters = 0;
  for (const [index, line] of lines.entries()) {
    const current = found.at(-1);
    const full =
      current !== undefined &&
      (current.length >= rule.mostMessages || characters + line.length > rule.mostCharacters);
    if (current === undefined || full || begins[index] === "begins") {
      found.push([line]);
      characters = line.length;
    } else {
      current.push(line);
      characters += line.length;
    }
  }
  return found;
}
