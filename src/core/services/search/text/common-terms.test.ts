import { expect, test } from "bun:test";
import { CommonTerms } from "./common-terms";

/** Ten texts: "every" in all, "frequent" in four, "rare" in one. */
const texts = Array.from({ length: 10 }, (_, at) =>
  ["every", at < 4 ? "frequently frequent" : "", at === 0 ? "rare" : ""].join(" "),
);

function commonTerms(of: readonly string[], chunks: number): string[] {
  const terms = new CommonTerms(of, chunks);
  while (terms.step());
  return terms.found();
}

test("common terms are those of many chunks, but not of most, the commonest first", () => {
  expect(commonTerms(texts, 100_000)).toEqual(["frequent", "rare"]);
  expect(commonTerms(texts, 20_000)).toEqual(["frequent"]);
  expect(commonTerms(texts, 1_000)).toEqual([]);
  expect(commonTerms([], 100_000)).toEqual([]);
});

test("no more of them than may be kept", () => {
  expect(commonTerms(texts, 7_000_000)).toEqual(["frequent"]);
  expect(commonTerms(texts, 9_000_000)).toEqual([]);
});

test("many texts are looked at a few at a time, to the last one", () => {
  const terms = new CommonTerms([...Array.from({ length: 59 }, () => "often"), "last last"], 600_000);
  expect([terms.step(), terms.step(), terms.step()]).toEqual([true, true, false]);
  expect(terms.found()).toEqual(["last"]);
});
