import { expect, test } from "bun:test";
import { GramCounts } from "./grams";
import { LikelyWords } from "./likely-words";

const counts = new GramCounts();
counts.add("The harmony of the office");
const likely = new LikelyWords(counts.statistics);

test("a word is likely when its letters follow each other as in the texts, whatever it ends in", () => {
  expect(likely.has("harmony")).toBe(true);
  expect(likely.has("Harmonies")).toBe(false);
  expect(likely.has("harmona")).toBe(false);
  expect(likely.has("harmon")).toBe(true);
  expect(likely.has("offic")).toBe(true);
  expect(likely.has("xharmony")).toBe(false);
});

test("a word without three letters tells nothing", () => {
  expect(likely.has("")).toBe(true);
});
