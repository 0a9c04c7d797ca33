import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { estimateTokens } from "./estimate-tokens";

describe("the estimate of tokens", () => {
  test.each([
    ["", 0],
    ["word", 1],
    ["wording", 2],
    ["two words", 3],
    ["12345", 2],
    ["a-b", 3],
    ['{"id":"x"}', 9],
    ["ключ", 4],
    ["预算", 3],
    ["🙂", 2],
    ["a          b", 4],
  ])("of %j is %d", (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  test("grows with the text, and by no more than its bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
        const both = estimateTokens(one + other);
        expect(both).toBeGreaterThanOrEqual(estimateTokens(one));
        expect(both).toBeLessThanOrEqual(new TextEncoder().encode(one + other).length);
      }),
      { numRuns: 300 },
    );
  });
});
