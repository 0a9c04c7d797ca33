import { describe, expect, test } from "bun:test";
import { itemsPerSecond, rateWords, withSample, type Sample } from "./rate";

const after = (...counts: number[]) =>
  counts.reduce<Sample[]>((samples, seen, index) => withSample(samples, { at: index * 5_000, seen }), []);

describe("the speed of a run", () => {
  test("is over the last half minute, and unknown while nothing moves", () => {
    expect(itemsPerSecond([])).toBeUndefined();
    expect(itemsPerSecond(after(10, 10, 10))).toBeUndefined();
    expect(itemsPerSecond(after(0, 50, 100))).toBe(10);
    expect(itemsPerSecond(after(0, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000))).toBeUndefined();
  });

  test("starts anew when the count does", () => {
    expect(after(500, 600, 5, 10).map(({ seen }) => seen)).toEqual([5, 10]);
  });

  test("is said with what is left", () => {
    expect(rateWords(undefined, 5)).toBe("");
    expect(rateWords(12.4, undefined)).toBe("12 a second");
    expect(rateWords(10, 300)).toBe("10 a second, less than a minute left");
    expect(rateWords(1, 600)).toBe("1 a second, about 10 min left");
    expect(rateWords(0.1, 7200)).toBe("6 a minute, about 20 h left");
  });
});
