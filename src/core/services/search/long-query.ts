import type { QueryTerm } from "./query";

/** Distinct terms of a query whose frequencies are looked up: each costs a seek in every segment of the index. */
export const mostLookedUp = 256;
/** Terms kept from either end: what is asked about a pasted text stands before or after it. */
const keptAtEnds = 64;

/**
 * The terms worth looking up, in the query's order: all of them, but of a very long query those at its ends and the
 * longest between, which tend to be the rarest.
 */
export function termsToLookUp(terms: readonly QueryTerm[]): readonly QueryTerm[] {
  if (terms.length <= mostLookedUp) return terms;
  const middle = terms.slice(keptAtEnds, -keptAtEnds);
  const longest = middle.toSorted((a, b) => b.stem.length - a.stem.length);
  const kept = new Set(longest.slice(0, mostLookedUp - 2 * keptAtEnds));
  return [
    ...terms.slice(0, keptAtEnds),
    ...middle.filter((term) => kept.has(term)),
    ...terms.slice(-keptAtEnds),
  ];
}
