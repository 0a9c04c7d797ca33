import type { Db } from "@/core/models/database";
import { analyse, termHash, type Token } from "@/core/services/index/analyse";
import { fold } from "@/core/services/index/fold";
import type { QueryTerm } from "./query";
import type { Frequencies } from "./spelling";

/** What is looked up with. */
export interface JoinedMeans {
  db: Db;
  /** In about how many chunks words are. */
  frequencies: Frequencies;
}

/** Groups of digits and letters, each with a digit: a telephone number, `3f63464c-0ba4`, `77:a9:1b`, ORD202400392. */
const group = String.raw`[\p{L}\p{N}]*\p{N}[\p{L}\p{N}]*`;
const run = new RegExp(String.raw`(?:\+\s?|\b)\(?${group}(?:[-.:/() ]{1,2}${group})*`, "gu");
const mostRuns = 2;
/** Letters and digits of one that tell something. */
const lengths = { shortest: 7, longest: 40 };
/** Letters and digits of the two groups that it is looked for by: its last ones. */
const lastGroup = { shortest: 2, longest: 12 };
const groupBefore = { shortest: 2, longest: 8 };
/** Chunks that groups stand in: of two, one has to be as rare as the first. */
const mostChunks = { ofOne: 1_000, ofBoth: 50_000 };
/** Chunks whose text is looked at. */
const mostTexts = 40;
/** Digits of a country's code. */
const longestCode = 3;

/**
 * Groups that the index holds of numbers and codes which a query cuts otherwise, or not at all: `+4930123456` stands in
 * texts as `+49 (30) 123-456`. Only where the whole was found in a text. `isKnown` tells of the query's words.
 */
export async function groupsOfJoined(
  means: JoinedMeans,
  query: string,
  isKnown: (word: string) => boolean,
): Promise<QueryTerm[][]> {
  const found: QueryTerm[][] = [];
  for (const [written] of [...query.matchAll(run)].slice(0, mostRuns)) {
    if (analyse(written).every(({ exact }) => isKnown(exact))) continue;
    const forms = formsOf(written);
    const [longest = ""] = forms;
    if (longest.length < lengths.shortest || longest.length > lengths.longest) continue;
    const groups = await groupsIn(means, longest, forms);
    if (groups.length > 0) found.push(groups.map(termOf));
  }
  return found;
}

/** A number or code without what parts it, as it stands and without what may stand before it: zeros, a country's code. */
function formsOf(written: string): string[] {
  const joined = fold(written.replaceAll(/[^\p{L}\p{N}]/gu, ""));
  if (!/^\d+$/.test(joined)) return [joined];
  const bare = joined.replace(/^0+/, "");
  const isInternational = written.startsWith("+") || joined.startsWith("00");
  const codes = isInternational
    ? Array.from({ length: longestCode }, (_, index) => bare.slice(index + 1))
    : [];
  return [...new Set([joined, bare, ...codes])].filter((form) => form.length >= lengths.shortest);
}

async function groupsIn(
  { db, frequencies }: JoinedMeans,
  joined: string,
  forms: readonly string[],
): Promise<Token[]> {
  const wanted = await lookedForBy(frequencies, joined, forms);
  if (wanted === "") return [];
  const rows = await db.raw.all(
    `SELECT k.text FROM (SELECT rowid AS id FROM searchText WHERE searchText MATCH ? LIMIT ?) f CROSS JOIN chunk k ON k.rowId = f.id`,
    [wanted, mostTexts],
  );
  for (const row of rows) {
    const groups = groupsOf(String(row["text"]), forms);
    if (groups.length > 0) return groups;
  }
  return [];
}

/** What full text is asked for: its last two groups next to each other, wherever it may be cut, or all of it as one. */
async function lookedForBy(
  frequenciesOf: Frequencies,
  joined: string,
  forms: readonly string[],
): Promise<string> {
  const pairs: [string, string][] = [];
  for (let last = lastGroup.shortest; last <= lastGroup.longest; last++) {
    for (let before = groupBefore.shortest; before <= groupBefore.longest; before++) {
      const from = joined.length - last - before;
      if (from >= 0) pairs.push([joined.slice(from, from + before), joined.slice(-last)]);
    }
  }
  const words = [...new Set([...pairs.flat(), ...forms])];
  const counts = await frequenciesOf(words);
  const frequencies = new Map(words.map((word, index) => [word, counts[index] ?? 0]));
  const isRare = (pair: readonly string[]) => {
    const numbers = pair.map((one) => frequencies.get(one) ?? 0);
    const rarest = Math.min(...numbers);
    return rarest > 0 && rarest <= mostChunks.ofOne && Math.max(...numbers) <= mostChunks.ofBoth;
  };
  const near = pairs.filter(isRare).map(([before, last]) => `NEAR("${before}" "${last}", 3)`);
  const whole = forms.filter((form) => isRare([form])).map((form) => `"${form}"`);
  return [...near, ...whole].join(" OR ");
}

/** The words of a text that are one of these forms when they are written as one; none where there are none. */
function groupsOf(text: string, forms: readonly string[]): Token[] {
  const tokens: { token: Token; from: number }[] = [];
  let joined = "";
  let end = 0;
  for (const token of analyse(text)) {
    // Parts of a word that was taken already.
    if (token.start < end) continue;
    tokens.push({ token, from: joined.length });
    joined += token.exact;
    end = token.end;
  }
  for (const form of forms) {
    const at = joined.indexOf(form);
    if (at < 0) continue;
    const isIn = ({ token, from }: { token: Token; from: number }) =>
      from + token.exact.length > at && from < at + form.length;
    return tokens.filter(isIn).map(({ token }) => token);
  }
  return [];
}

function termOf({ stem, exact }: Token): QueryTerm {
  return { stem, stemHash: termHash(stem), exactHashes: [termHash(exact)], count: 1, isStopWord: false };
}
