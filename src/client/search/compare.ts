import type { SearchHit } from "@/core/models/search";

/** For each hit of a list: how many places higher it stands than in the other one, or that it is only here. */
export function movesAgainst(
  hits: readonly Pick<SearchHit, "id">[],
  other: readonly Pick<SearchHit, "id">[],
): Map<string, number | "new"> {
  const places = new Map(other.map((hit, place) => [hit.id, place]));
  return new Map(
    hits.map((hit, place) => {
      const there = places.get(hit.id);
      return [hit.id, there === undefined ? "new" : there - place];
    }),
  );
}
