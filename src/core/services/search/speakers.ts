import { analyse, termsIn } from "@/core/services/index/analyse";
import { turnStamp } from "@/lib/turn-stamp";
import { idf } from "./bm25";
import { isTalk } from "./kinds-of-text";
import type { ScoredChunk, ScoringInput } from "./score";

/** What stands before a turn, to its colon: `Ann:`, `**Ann** (14:05):`, `[00:31] **Ann** (customer):`, `12/03/24, 10:11 - Ann:`. */
const head = new RegExp(
  String.raw`^\s*(?:[-*>]\s+)?(?:(?:${turnStamp}|\[[\d:.]+\])\s(?:[-–—] )?)?(?:\*{1,2})?(?<speaker>[\p{L}@][\p{L}\p{N}\p{M} .'’_-]{0,40})` +
    String.raw`(?:\*{1,2})?(?:\s\([^()]{1,40}\))?:$`,
  "u",
);
/** The colon that ends it, not those of a time. */
const headEnd = /:(?=[\s*]|$)/;
/** Characters of a line that a name and its marks may take. */
const longestStart = 100;

type Hashes = ReadonlySet<number>;
/** Where no turn begins. */
const noTurn = Symbol("no turn");
/** Stems of the name in what may stand before a turn; undefined for somebody whom the question does not name. */
type Named = (before: string) => Hashes | undefined | typeof noTurn;

/**
 * Where a question names who speaks ("what did Ann say about the heating"), its other words count in what that person says:
 * the best turn's different words, by the square of their rarity as in the window of talk. `texts` are those of the
 * chunks that are ahead, by number; the other chunks keep nothing.
 */
export function addSpeakers(
  scored: readonly ScoredChunk[],
  texts: ReadonlyMap<number, string>,
  { query, figures }: Pick<ScoringInput, "query" | "figures">,
): void {
  const talk = scored.filter(({ candidate }) => isTalk(candidate) && texts.has(candidate.rowId));
  if (talk.length === 0) return;
  const weights = new Map(
    query.terms.map(({ stemHash, count, frequency }) => [
      stemHash,
      count * idf(figures.chunks, frequency) ** 2,
    ]),
  );
  const asked = new Set(query.terms.flatMap(({ exactHashes }) => exactHashes));
  const named = namedIn(query.parsed.text, asked);
  for (const { candidate, raw } of talk) {
    const text = texts.get(candidate.rowId)?.slice(candidate.title.length) ?? "";
    raw.speaker = bestTurn(text, weights, named);
  }
}

/** Weight of the question's words in the turn, of those that a named speaker takes, which has most of it. */
function bestTurn(text: string, weights: ReadonlyMap<number, number>, named: Named): number {
  let best = 0;
  let sum = 0;
  let name: Hashes | undefined;
  let said = new Set<number>();
  for (const line of text.split("\n")) {
    const end = line.slice(0, longestStart).search(headEnd);
    const begun = end < 0 ? noTurn : named(line.slice(0, end + 1));
    if (begun !== noTurn) {
      name = begun;
      said = new Set(name);
      sum = 0;
    }
    if (name === undefined) continue;
    for (const { stemHash } of termsIn(begun === noTurn ? line : line.slice(end + 1))) {
      const weight = weights.get(stemHash);
      if (weight === undefined || said.has(stemHash)) continue;
      said.add(stemHash);
      sum += weight;
    }
    best = Math.max(best, sum);
  }
  return best;
}

/**
 * Whom a question names: by all words of the name, or by the first of them with a capital, as Ross for Ross Geller; what "design"
 * is asked of names no Industrial Designer. People speak many times, so what was worked out is remembered.
 */
function namedIn(question: string, asked: Hashes): Named {
  const capitals = new Set(
    analyse(question).flatMap(({ start, exactHash }) => (isCapital(question[start] ?? "") ? exactHash : [])),
  );
  const known = new Map<string, Hashes | undefined | typeof noTurn>();
  const workOut = (before: string) => {
    const speaker = head.exec(before)?.groups?.["speaker"];
    if (speaker === undefined) return noTurn;
    const words = termsIn(speaker);
    const [first] = words;
    if (first === undefined) return undefined;
    const isNamed =
      words.every(({ exactHash }) => asked.has(exactHash)) ||
      (asked.has(first.exactHash) && capitals.has(first.exactHash));
    return isNamed ? new Set(words.map(({ stemHash }) => stemHash)) : undefined;
  };
  return (before) => {
    if (known.has(before)) return known.get(before);
    const name = workOut(before);
    known.set(before, name);
    return name;
  };
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase();
}
