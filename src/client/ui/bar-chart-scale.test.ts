import { expect, test } from "bun:test";
import { barHeights } from "./bar-chart-scale";

test("bars share the largest value's height, and something is never nothing", () => {
  expect(barHeights([0, 5, 10])).toEqual([0, 50, 100]);
  expect(barHeights([1, 100_000])[0]).toBe(2);
  expect(barHeights([])).toEqual([]);
  expect(barHeights([0, 0])).toEqual([0, 0]);
});
