import { expect, test } from "bun:test";
import { batches } from "./batches";

test("every item is in exactly one part, in order, and no part is over the size", () => {
  expect(batches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(batches([], 2)).toEqual([]);
  expect(batches([1, 2], 10)).toEqual([[1, 2]]);
});
