import { describe, expect, test } from "bun:test";
import { mostLookedUp, termsToLookUp } from "./long-query";
import { parseQuery } from "./query";

const termsOf = (words: readonly string[]) => parseQuery(words.join(" ")).terms;
const numbered = (count: number, prefix = "w") => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

describe("terms to look up", () => {
  test("are all of an ordinary query's, as they are", () => {
    for (const count of [0, 1, 60, mostLookedUp]) {
      const terms = termsOf(numbered(count));
      expect(termsToLookUp(terms)).toBe(terms);
    }
  });

  test("are a bounded number of a very long query's, each once", () => {
    for (const count of [mostLookedUp + 1, 1_400]) {
      const kept = termsToLookUp(termsOf(numbered(count)));
      expect(kept.length).toBe(mostLookedUp);
      expect(new Set(kept.map((term) => term.stem)).size).toBe(mostLookedUp);
    }
  });

  test("are those at both ends and the longest between, in the query's order", () => {
    const words = ["first", ...numbered(400), "incomprehensibilities", ...numbered(400, "v"), "last"];
    const terms = termsOf(words);
    const kept = termsToLookUp(terms);
    const stems = kept.map((term) => term.stem);
    expect(stems.at(0)).toBe("first");
    expect(stems.at(-1)).toBe("last");
    expect(stems.some((stem) => stem.startsWith("incompr"))).toBe(true);
    expect(terms.filter((term) => kept.includes(term))).toEqual([...kept]);
  });
});
