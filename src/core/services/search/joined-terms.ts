import { analyse } from "@/core/services/index/analyse";
import { groupsOfJoined, type JoinedMeans } from "./joined-numbers";
import { partsOfJoined } from "./joined-words";
import type { QueryTerm } from "./query";

/** Characters of a query that are looked at. */
const longestQuery = 500;

export interface JoinedTerms {
  terms: QueryTerm[];
  /** Pairs of those that stand next to each other, by stem hash. */
  pairs: (readonly [number, number])[];
}

/**
 * What a query writes as one, or cuts otherwise, and the index holds in parts: names of code in small letters, telephone
 * numbers, keys. `unknown` are the query's terms that the index lacks.
 */
export async function joinedTerms(
  means: JoinedMeans & { chunks: number },
  query: string,
  unknown: readonly QueryTerm[],
): Promise<JoinedTerms> {
  const text = query.slice(0, longestQuery);
  const lacking = new Set(unknown.map(({ stem }) => stem));
  const words = new Set(
    analyse(text)
      .filter(({ stem }) => lacking.has(stem))
      .map(({ exact }) => exact),
  );
  const found = [
    ...(await partsOfJoined(means.frequencies, [...words], means.chunks)),
    ...(await groupsOfJoined(means, text, (word) => !words.has(word))),
  ];
  const pairs = found.flatMap((parts) =>
    parts.slice(1).map((term, index) => [parts[index]?.stemHash ?? 0, term.stemHash] as const),
  );
  return { terms: found.flat(), pairs };
}
