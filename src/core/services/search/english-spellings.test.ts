import { expect, test } from "bun:test";
import { otherSpellings } from "./english-spellings";

test("British and American spellings stand for each other", () => {
  const pairs = [
    ["organise", "organize"],
    ["analysing", "analyzing"],
    ["behaviour", "behavior"],
    ["colours", "colors"],
    ["centre", "center"],
    ["fibre", "fiber"],
    ["catalogue", "catalog"],
  ] as const;
  for (const [british, american] of pairs) {
    expect(otherSpellings(british)).toEqual([american]);
    expect(otherSpellings(american)).toEqual([british]);
  }
});

test("other words have no other spelling", () => {
  const words = ["heating", "error", "author", "water", "letter", "user", "our", "four", "analysis"];
  expect(words.flatMap(otherSpellings)).toEqual([]);
});
