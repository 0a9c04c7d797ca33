import type { Db } from "@/core/models/database";
import { analyse, termHash } from "@/core/services/index/analyse";
import { isUnspaced } from "@/core/services/index/words";
import { editDistance } from "@/lib/closest";
import type { GramStatistics } from "./grams";
import { LikelyWords } from "./likely-words";
import { type QueryTerm, stopStems } from "./query";
import { slipsAmong } from "./slips";
import { termsBeginning } from "./text/fts5/terms-beginning";

/** Words that the index holds, in place of one it does not. */
const mostAlternatives = 3;
/** Unknown words of a query that are looked after. */
const mostUnknown = 6;
/** How much less likely than the best a word may be. */
const costSlack = 0.6;
/** Words begun alike that are looked at. */
const wordsLookedAt = 2_000;
/** Letters that words begun alike have in common. */
const beginning = 3;
/** Shorter words are near too many others, and longer ones are keys and the like. */
const shortestCorrected = 4;
const shortestWithTwoSlips = 6;
const longestCorrected = 32;
/** What a stretch of an unknown run counts, against a word that was asked for. */
const worthOfPart = 0.6;
/** What the word most likely meant counts in a text, against the one that was asked for; others count less, the unlikelier they are. */
const worth = 0.8;
/** What it takes, in slips, to go on from the unknown word. */
const goingOn = 0.5;
const word = /^[\p{L}\p{M}'’]+$/u;

/** In how many chunks each word is. */
export type Frequencies = (words: readonly string[]) => Promise<number[]>;

/** What words are looked for with. */
export interface SpellingMeans {
  db: Db;
  frequencies: Frequencies;
  grams: GramStatistics;
}

/** A word that may have been meant, and how unlikely that is. */
interface RatedWord {
  stem: string;
  cost: number;
}

/**
 * Terms that the index holds, for words of the query that it does not: mistyped, cut short, or segmented otherwise. All that
 * one mistyped word may have meant counts together as one word.
 */
export async function alternativesFor(
  means: SpellingMeans,
  query: string,
  unknown: readonly QueryTerm[],
): Promise<QueryTerm[]> {
  const written = new Map(analyse(query).map(({ stem, exact }) => [stem, exact]));
  const found: QueryTerm[] = [];
  for (const term of unknown.slice(0, mostUnknown)) {
    if (isUnspaced(term.stem)) {
      const parts = await partsOf(means.db, term.stem);
      found.push(...parts.map((stem) => ({ ...alternative(term, stem), count: term.count * worthOfPart })));
      continue;
    }
    const near = await nearWords(means, term.stem, written.get(term.stem) ?? term.stem);
    const best = near[0]?.cost ?? 0;
    for (const { stem, cost } of near) {
      // "Tehre" asks for nothing, as "there" does not.
      if (stopStems.has(stem)) continue;
      found.push({ ...alternative(term, stem), formOf: { term, likeness: worth * (1 - (cost - best)) } });
    }
  }
  return found;
}

function alternative(term: QueryTerm, stem: string): QueryTerm {
  return { stem, stemHash: termHash(stem), exactHashes: [], count: term.count, isStopWord: false };
}

/** Words a slip away, or that go on from this one; where there is none, words that begin alike and are two slips away. */
async function nearWords(means: SpellingMeans, stem: string, written: string): Promise<RatedWord[]> {
  if (written.length < shortestCorrected || written.length > longestCorrected) return [];
  // A number that differs is another number.
  const mayHaveSlipped = word.test(written);
  const slips = mayHaveSlipped ? await slipsInIndex(means, written) : new Map<string, number>();
  for (const longer of await wordsFrom(means, [stem])) if (longer !== stem) slips.set(longer, goingOn);
  const near = await likeliest(means, slips);
  if (near.length > 0 || !mayHaveSlipped || stem.length < shortestWithTwoSlips) return near;
  for (const starts of startsOf(stem)) {
    const begunAlike = await wordsFrom(means, starts);
    const further = begunAlike.map((one) => [one, slipsBetween(stem, one)] as const);
    const found = await likeliest(means, new Map(further.filter(([, distance]) => distance <= 2)));
    if (found.length > 0) return found;
  }
  return [];
}

/** What one slip may have made the word of, but for most of what the index does not hold: that is told at once of words that begin alike. */
async function slipsInIndex(means: SpellingMeans, written: string): Promise<Map<string, number>> {
  const start = written.slice(0, beginning);
  const begunAlike = new Set(await wordsFrom(means, [start]));
  const isToldAll = begunAlike.size < wordsLookedAt;
  const slips = slipsAmong(written, new LikelyWords(means.grams));
  for (const stem of slips.keys())
    if (isToldAll && stem.startsWith(start) && !begunAlike.has(stem)) slips.delete(stem);
  return slips;
}

async function wordsFrom({ db }: SpellingMeans, starts: readonly string[]): Promise<string[]> {
  const words = starts.map((start) => termsBeginning(db, "searchText", start, wordsLookedAt));
  return (await Promise.all(words)).flat();
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
 * The words most likely meant, of words with the slips that lead to them: a slip less is worth as much as 300 times as many
 * chunks (the noisy channel of Kernighan et al. 1990, roughly).
 */
async function likeliest(
  { frequencies }: SpellingMeans,
  slips: ReadonlyMap<string, number>,
): Promise<RatedWord[]> {
  const stems = [...slips.keys()];
  const chunks = await frequencies(stems);
  const rated = stems
    .map((stem, at) => ({ stem, chunks: chunks[at] ?? 0 }))
    // A word that was in texts once may be in none any more.
    .filter((one) => one.chunks > 0)
    .map((one) => ({ stem: one.stem, cost: (slips.get(one.stem) ?? 0) - Math.log10(1 + one.chunks) / 2.5 }))
    .sort((a, b) => a.cost - b.cost || a.stem.length - b.stem.length);
  const most = (rated[0]?.cost ?? 0) + costSlack;
  return rated.filter(({ cost }) => cost <= most).slice(0, mostAlternatives);
}

/** Slips that lead from an unknown stem to a known one; a slip may have kept an ending from being taken off. */
function slipsBetween(unknown: string, known: string): number {
  if (known.startsWith(unknown)) return goingOn;
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
