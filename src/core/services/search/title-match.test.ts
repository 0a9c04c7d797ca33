import { expect, test } from "bun:test";
import { analyse, termHash } from "@/core/services/index/analyse";
import { analyseChunk, packTerms, unpackTerms } from "@/core/services/index/terms";
import { parseQuery } from "./query";
import { TitleMatch } from "./title-match";

/** How far a title is a query whose words are all as rare as each other. */
function match(query: string, title: string, forms: Readonly<Record<string, number>> = {}): number {
  const terms = parseQuery(query).terms.map((term) => ({
    ...term,
    rarity: 1,
    weight: term.count,
    forms: Object.entries(forms).map(([stem, likeness]) => ({ stemHash: termHash(stem), likeness })),
  }));
  const chunk = analyseChunk(analyse(title), null, "Its text does not count: food, travel, policy.");
  return new TitleMatch(terms).of(unpackTerms(packTerms(chunk, "stem")));
}

test("a title that is the query counts fully, whatever its stop words and endings", () => {
  expect(match("food", "Food")).toBe(1);
  expect(match("travel policies", "The travel policy")).toBe(1);
  expect(match("what is the policy for travel?", "Travel: policy")).toBe(1);
});

test("one that is only a part of it, or has the query as a part, counts much less", () => {
  expect(match("food", "Food supplements")).toBeCloseTo(1 / 16, 10);
  expect(match("travel policy", "Travel")).toBeCloseTo(1 / 16, 10);
  expect(match("show me the travel policy", "Travel policy")).toBeGreaterThan(0.5);
  expect(match("travel", "Food")).toBe(0);
  expect(match("food", "")).toBe(0);
  expect(match("food", "The")).toBe(0);
});

test("another form of a word counts as much as it is like it", () => {
  expect(match("fod", "Food", { food: 0.8 })).toBeCloseTo(0.8 ** 4, 10);
  expect(match("fod", "Food food", { food: 0.8 })).toBeCloseTo(0.8 ** 4, 10);
});
