import type { Db } from "@/core/models/database";
import { termHash } from "@/core/services/index/analyse";
import { isUnspaced } from "@/core/services/index/words";
import { editDistance } from "@/lib/closest";
import type { QueryTerm } from "./query";
import { termsBeginning } from "./text/fts5/terms-beginning";

/** Words that the index holds, in place of one it does not. */
const mostAlternatives = 3;
/** Unknown words of a query that are looked after. */
const mostUnknown = 6;
/** How much less likely than the best a word may be. */
const costSlack = 0.6;
/** Words begun alike that are looked at. */
const wordsLookedAt = 2_000;
/** Longer ones are keys and the like. */
const longestCorrected = 32;
/** What a word that was not asked for counts, against one that was. */
const worth = 0.6;

/** In how many chunks each word is. */
type Frequencies = (words: readonly string[]) => Promise<number[]>;

/** Terms that the index holds, for words of the query that it does not: mistyped, cut short, or segmented otherwise. */
export async function alternativesFor(
  db: Db,
  unknown: readonly QueryTerm[],
  frequencies: Frequencies,
): Promise<QueryTerm[]> {
  const found: QueryTerm[] = [];
  for (const term of unknown.slice(0, mostUnknown)) {
    const words = isUnspaced(term.stem)
      ? await partsOf(db, term.stem)
      : await nearWords(db, term.stem, frequencies);
    for (const stem of words) {
      const stemHash = termHash(stem);
      found.push({ stem, stemHash, exactHashes: [], count: term.count * worth, isStopWord: false });
    }
  }
  return found;
}

/** Words with the same start that are a slip away, or that go on from it. */
async function nearWords(db: Db, stem: string, frequencies: Frequencies): Promise<string[]> {
  if (stem.length < 4 || stem.length > longestCorrected) return [];
  const slips = stem.length >= 6 ? 2.5 : 1;
  for (const starts of startsOf(stem)) {
    const words = starts.map((start) => termsBeginning(db, "searchText", start, wordsLookedAt));
    const distances = new Map(
      (await Promise.all(words)).flat().map((word) => [word, slipsBetween(stem, word)]),
    );
    const near = [...distances].filter(([, distance]) => distance <= slips).map(([word]) => word);
    const chunks = await frequencies(near);
    const found = near.map((word, at) => ({
      ...{ word, chunks: chunks[at] ?? 0, distance: distances.get(word) ?? slips },
    }));
    // A word that was in texts once may be in none any more.
    const inTexts = found.filter((word) => word.chunks > 0);
    if (inTexts.length > 0) return likeliest(inTexts);
  }
  return [];
}

/**
 * How words begin that a mistyped one may have meant: as it does itself, else as it would without a slip in its first
 * letters (two changed places, one is too many, the third is wrong). A single letter begins too many words.
 */
function startsOf(stem: string): string[][] {
  const [first = "", second = "", third = "", fourth = ""] = stem;
  const slipped = [
    first + third + second,
    second + first + third,
    first + third + fourth,
    second + third + fourth,
  ];
  return [[first + second + third], [...new Set([first + second, ...slipped])]];
}

/**
 * The words most likely meant: a slip less is worth as much as 300 times as many chunks (the noisy channel of
 * Kernighan et al. 1990, roughly). Others' slips are rare words, which would outweigh the right one in the ranking.
 */
function likeliest(near: readonly { word: string; chunks: number; distance: number }[]): string[] {
  const rated = near
    .map(({ word, chunks, distance }) => ({ word, cost: distance - Math.log10(1 + chunks) / 2.5 }))
    .sort((a, b) => a.cost - b.cost || a.word.length - b.word.length);
  const most = (rated[0]?.cost ?? 0) + costSlack;
  return rated
    .filter(({ cost }) => cost <= most)
    .slice(0, mostAlternatives)
    .map(({ word }) => word);
}

/** Slips that lead from an unknown stem to a known one; a slip may have kept an ending from being taken off. */
function slipsBetween(unknown: string, known: string): number {
  if (known.startsWith(unknown)) return 0.5;
  const longer = unknown.length - known.length;
  if (longer < -2 || longer > 5) return Infinity;
  if (longer <= 2) return editDistance(unknown, known);
  return known.length < 5 ? Infinity : 0.5 + editDistance(unknown.slice(0, known.length), known);
}

/** The known stretches of an unknown run, longest first. */
async function partsOf(db: Db, run: string): Promise<string[]> {
  const letters = Array.from(run).slice(0, 12);
  const parts = letters.flatMap((_, from) =>
    letters.slice(from).map((_, length) => letters.slice(from, from + length + 1).join("")),
  );
  const unique = [...new Set(parts)].filter((part) => part !== run);
  const rows = await db.raw.all(
    `SELECT v.term FROM json_each(?) j CROSS JOIN searchVocabulary v ON v.term = j.value`,
    [JSON.stringify(unique)],
  );
  return rows
    .map((row) => String(row["term"]))
    .sort((a, b) => b.length - a.length)
    .slice(0, 2 * mostAlternatives);
}
