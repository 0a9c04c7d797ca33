import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { estimateTokens } from "@/lib/estimate-tokens";
import { withinTokens } from "./token-budget";

const hit = (id: string, snippet: string, passages?: string[]) => ({
  id,
  snippet,
  highlights: [{ start: 0, end: 4 }],
  ...(passages === undefined ? {} : { passages }),
});
const long = "Signing keys are rotated each month by the platform team. ";
const answer = {
  results: [1, 2, 3, 4].map((n) => hit(`artifact-${n}`, long, [long.repeat(3), long.repeat(3)])),
  notes: ["2 artifacts are still being indexed."],
};
const sizeOf = (value: unknown) => estimateTokens(JSON.stringify(value));

describe("an answer within a number of tokens", () => {
  test("is left as it is where it fits, to the token", () => {
    expect(withinTokens(answer, sizeOf(answer))).toBe(answer);
    expect(withinTokens(answer, sizeOf(answer) - 1)).not.toEqual(answer);
  });

  test("loses the last hits' passages before any hit", () => {
    const { results, notes } = withinTokens(answer, sizeOf(answer) - 20);
    expect(results.map(({ id }) => id)).toEqual(answer.results.map(({ id }) => id));
    expect(results.map((one) => one.passages?.length)).toEqual([2, 2, 2, 1]);
    const less = withinTokens(answer, sizeOf(answer) - 75);
    expect(less.results.map((one) => one.passages?.length)).toEqual([2, 2, 2, undefined]);
    expect(notes).toEqual([...answer.notes, expect.stringContaining("Passages left out")]);
  });

  test("keeps the best passage and the nearest around it, where not all fit", () => {
    const passage = (start: number, id = "a") => ({
      id,
      lines: { start, end: start + 9 },
      text: long.repeat(3),
    });
    const passages = [passage(1), passage(11), passage(21), passage(31), passage(41)];
    const only = {
      results: [{ id: "a", snippet: long, lines: { start: 13, end: 15 }, passages }],
      notes: [],
    };
    const kept = (tokens: number) =>
      withinTokens(only, tokens).results[0]?.passages?.map(({ lines }) => lines.start);
    expect(kept(sizeOf(only) - 1)).toEqual([1, 11, 21, 31]);
    expect(kept(sizeOf(only) - 100)).toEqual([1, 11, 21]);
    expect(kept(sizeOf(only) - 200)).toEqual([11]);
    expect(kept(100)).toBeUndefined();
    const talk = {
      ...only.results[0],
      id: "b",
      passages: [passage(11, "a"), passage(11, "b"), passage(11, "c")],
    };
    const cut = withinTokens({ results: [{ ...talk, snippet: long }], notes: [] }, 180);
    expect(cut.results[0]?.passages?.map(({ id }) => id)).toEqual(["b"]);
  });

  test("then loses the last hits, and says how many", () => {
    const { results, notes } = withinTokens(answer, 170);
    expect(results.map(({ id }) => id)).toEqual(["artifact-1", "artifact-2"]);
    expect(notes.at(-1)).toBe("2 more results left out to stay within 170 tokens.");
  });

  test("cuts the only hit's snippet as a last resort, with its highlights, and never within a character", () => {
    const only = { results: [{ ...hit("a", `${"🙂".repeat(200)} end`), highlights: [{ start: 401, end: 404 }] }], notes: [] }; // prettier-ignore
    const cut = withinTokens(only, 100);
    expect(cut.results[0]?.snippet).toMatch(/^(?:🙂)+$/u);
    expect(cut.results[0]?.highlights).toEqual([]);
  });

  test("of a hit that does not fit at all says so", () => {
    const huge = { results: [hit("x".repeat(2_000), "text")], notes: ["n".repeat(900)] };
    expect(withinTokens(huge, 100)).toEqual({
      results: [],
      notes: ["Not even one result fits into 100 tokens. The best takes 571."],
    });
  });

  test("never exceeds them, whatever it holds, counting what is sent beside it", () => {
    const text = fc.string({ maxLength: 400, unit: "binary" });
    const hits = fc.array(fc.record({ id: fc.uuid(), snippet: text, passages: fc.array(text, { maxLength: 3 }) }), { maxLength: 8 }); // prettier-ignore
    fc.assert(
      fc.property(
        hits,
        fc.array(text, { maxLength: 2 }),
        fc.integer({ min: 100, max: 2_000 }),
        (results, notes, most) => {
          // prettier-ignore
          const rest = { timings: { total: 12 } };
          const cut = withinTokens({ results, notes }, most, rest);
          expect(sizeOf({ ...cut, ...rest })).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 200 },
    );
  });
});
