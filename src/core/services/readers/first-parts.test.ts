import { expect, test } from "bun:test";
import { firstParts } from "./first-parts";

const asked = (most: number) =>
  firstParts(["a", "b", "c"], most, "slides", (part, at) => `${at + 1}: ${part}`);

test("all parts are shown where they are few, and otherwise the first, with how many there are", () => {
  expect(asked(3)).toEqual(["1: a", "2: b", "3: c"]);
  expect(asked(2)).toEqual(["1: a", "2: b", "> There are 3 slides; the first 2 are shown."]);
  expect(firstParts([], 2, "slides", String)).toEqual([]);
});
