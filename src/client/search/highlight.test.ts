import { describe, expect, test } from "bun:test";
import { array, assert, integer, property, record, string } from "fast-check";
import { pieces } from "./highlight";

describe("a snippet", () => {
  test("is cut at its highlights", () => {
    expect(pieces("We keep the price.", [{ start: 12, end: 17 }])).toEqual([
      { text: "We keep the ", marked: false, at: 0 },
      { text: "price", marked: true, at: 12 },
      { text: ".", marked: false, at: 17 },
    ]);
  });

  test("without highlights is one piece, and without text none", () => {
    expect(pieces("plain", [])).toEqual([{ text: "plain", marked: false, at: 0 }]);
    expect(pieces("", [{ start: 0, end: 4 }])).toEqual([]);
  });

  test("keeps every character once, whatever the ranges are", () => {
    const range = record({
      start: integer({ min: -5, max: 40 }),
      end: integer({ min: -5, max: 40 }),
    });
    assert(
      property(string({ maxLength: 30 }), array(range, { maxLength: 6 }), (text, ranges) => {
        const cut = pieces(text, ranges);
        expect(cut.map((piece) => piece.text).join("")).toBe(text);
        expect(new Set(cut.map((piece) => piece.at)).size).toBe(cut.length);
      }),
    );
  });
});
