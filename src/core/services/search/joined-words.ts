import { termHash } from "@/core/services/index/analyse";
import { stemWord } from "@/core/services/index/stem";
import { isStopWord, type QueryTerm } from "./query";
import type { Frequencies } from "./spelling";

/** Letters of a word that may be several written as one. */
const lengths = { shortest: 6, longest: 32 };
const letters = /^[a-z]+$/;
/** Letters of a part: shorter ones are only those that bind (`to`, `of`). */
const part = { shortest: 3, longest: 14 };
/** Letters of the longest part, at least: a large index has most words of three letters, so any word is made of them. */
const leastOfLongest = 4;
/** Letters at the end that may be the beginning of a part, and are left out. */
const longestRest = 3;
/** What each part costs besides its rarity: few long ones are likelier than many short ones. */
const costOfPart = 4;
const mostWords = 3;
/** What such a part counts, against a word that was asked for. */
const worth = 0.6;

/**
 * The index's words that a word it lacks is made of: `getdifferential` asks for `get_differential`. `words` are folded,
 * not stemmed. Each comes with its parts in order.
 */
export async function partsOfJoined(
  frequencies: Frequencies,
  words: readonly string[],
  chunks: number,
): Promise<QueryTerm[][]> {
  const long = words.filter(
    (word) => letters.test(word) && word.length >= lengths.shortest && word.length <= lengths.longest,
  );
  const found = await Promise.all(long.slice(0, mostWords).map((word) => split(frequencies, word, chunks)));
  return found.filter((parts) => parts.length > 0);
}

async function split(frequenciesOf: Frequencies, word: string, chunks: number): Promise<QueryTerm[]> {
  const stems = new Map<string, string>();
  for (let from = 0; from < word.length; from++) {
    for (let to = from + 2; to <= Math.min(word.length, from + part.longest); to++) {
      const piece = word.slice(from, to);
      if (piece.length >= part.shortest ? piece !== word : isStopWord(piece))
        stems.set(piece, stemWord(piece));
    }
  }
  const distinct = [...new Set(stems.values())];
  const counts = await frequenciesOf(distinct);
  const frequencies = new Map(distinct.map((stem, index) => [stem, counts[index] ?? 0]));
  const costOf = (piece: string) => {
    const frequency = frequencies.get(stems.get(piece) ?? "") ?? 0;
    return frequency === 0 ? Infinity : costOfPart + Math.log(1 + chunks / frequency);
  };
  return likeliest(word, costOf).map((piece) => {
    const stem = stemWord(piece);
    const isFiller = isStopWord(piece);
    return {
      stem,
      stemHash: termHash(stem),
      exactHashes: [termHash(piece)],
      count: worth,
      isStopWord: isFiller,
    };
  });
}

/** The cheapest parts that the word is cut into, from its beginning to its end or near it; none where that cannot be. */
function likeliest(word: string, costOf: (piece: string) => number): string[] {
  const best: { cost: number; parts: string[] }[] = [{ cost: 0, parts: [] }];
  for (let to = 1; to <= word.length; to++) {
    let found = { cost: Infinity, parts: [] as string[] };
    for (let from = Math.max(0, to - part.longest); from < to; from++) {
      const before = best[from];
      const piece = word.slice(from, to);
      const cost = (before?.cost ?? Infinity) + costOf(piece);
      if (before !== undefined && cost < found.cost) found = { cost, parts: [...before.parts, piece] };
    }
    best.push(found);
  }
  for (let rest = 0; rest <= longestRest; rest++) {
    const { cost, parts } = best[word.length - rest] ?? { cost: Infinity, parts: [] };
    const isSplit = parts.length > 1 || rest > 0;
    const isTold = parts.some(({ length }) => length >= leastOfLongest);
    if (cost < Infinity && isSplit && isTold && word.length - rest >= lengths.shortest) return parts;
  }
  return [];
}
