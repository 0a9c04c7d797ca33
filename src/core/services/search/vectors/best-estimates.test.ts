import { expect, test } from "bun:test";
import { best, mostTies } from "./best-estimates";

test("gives the places of the largest estimates, the largest first", () => {
  expect([...best(Float32Array.of(0.1, -0.4, 0.9, 0.3), 2)]).toEqual([2, 3]);
  expect([...best(Float32Array.of(0.1, 0.3), 5)]).toEqual([1, 0]);
  expect([...best(new Float32Array(), 3)]).toEqual([]);
});

test("gives a few more where they tie at the limit, and not all of very many", () => {
  expect([...best(Float32Array.of(0.5, 0.2, 0.5, 0.5), 2)]).toEqual([0, 2, 3]);
  expect(best(new Float32Array(1_000).fill(0.5), 10)).toHaveLength(10 * mostTies);
});
