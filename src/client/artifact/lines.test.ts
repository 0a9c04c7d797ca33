import { describe, expect, test } from "bun:test";
import { cutAtLines, readLines } from "./lines";

describe("a line range", () => {
  test("is read from an address", () => {
    expect(readLines("12-18")).toEqual({ start: 12, end: 18 });
    expect(readLines("7")).toEqual({ start: 7, end: 7 });
  });

  test("is nothing when it makes no sense", () => {
    for (const text of [null, "", "0-3", "9-3", "a-b", "1-2-3", "-4"])
      expect(readLines(text)).toBeUndefined();
  });

  test("cuts a text without losing any of it", () => {
    const text = "one\ntwo\nthree\nfour";
    expect(cutAtLines(text, { start: 2, end: 3 })).toEqual({
      before: "one\n",
      inside: "two\nthree\n",
      after: "four",
    });
    for (const range of [
      { start: 1, end: 4 },
      { start: 4, end: 99 },
      { start: 50, end: 60 },
    ]) {
      const { before, inside, after } = cutAtLines(text, range);
      expect(before + inside + after).toBe(text);
    }
  });
});
