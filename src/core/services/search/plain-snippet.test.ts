import { describe, expect, test } from "bun:test";
import { assert, nat, property, string } from "fast-check";
import { plainSnippet } from "./plain-snippet";

const textOf = (raw: string) => plainSnippet(raw, []).text;

describe("a snippet", () => {
  test.each([
    ["# Pricing\n\nWe keep **seats**.", "Pricing We keep seats."],
    ["> quoted `code` here", "quoted code here"],
    ['see [the plan](https://a.example/x "t") and ![map](m.png)', "see the plan and map"],
    ["| Fault | Outcome |\n|---|---|\n| a | b |", "Fault | Outcome | a | b |"],
    ["C# and F#, #general, a > b, __init__", "C# and F#, #general, a > b, __init__"],
    ["Setext\n---\nrest", "Setext rest"],
    ["   ", ""],
  ])("%j reads %j", (raw, expected) => {
    expect(textOf(raw)).toBe(expected);
  });

  test("keeps its highlights on the same words", () => {
    const raw = "## Who\n\n**Ann** met [Bo](https://b.example) there";
    const marks = ["Ann", "Bo", "there"].map((word) => ({
      start: raw.indexOf(word),
      end: raw.indexOf(word) + word.length,
    }));
    const { text, highlights } = plainSnippet(raw, marks);
    expect(text).toBe("Who Ann met Bo there");
    expect(highlights.map(({ start, end }) => text.slice(start, end))).toEqual(["Ann", "Bo", "there"]);
  });

  test("keeps one mark between the cells and rows of a table", () => {
    const raw = "| Team | Who |\n| --- | --- |\n| Sales | Ann |\n| Support | Bo |\n\nA|B stays.";
    const at = raw.indexOf("Bo");
    const { text, highlights } = plainSnippet(raw, [{ start: at, end: at + 2 }]);
    expect(text).toBe("Team | Who | Sales | Ann | Support | Bo | A|B stays.");
    expect(highlights.map(({ start, end }) => text.slice(start, end))).toEqual(["Bo"]);
  });

  test("loses a highlight of what it does not show", () => {
    const raw = "[plan](https://secret.example) stays";
    const at = raw.indexOf("secret");
    expect(plainSnippet(raw, [{ start: at, end: at + 6 }]).highlights).toEqual([]);
  });

  test("never marks outside of itself, whatever the text", () => {
    assert(
      property(string({ unit: "binary", maxLength: 200 }), nat(200), nat(20), (raw, from, length) => {
        const start = Math.min(from, raw.length);
        const end = Math.min(raw.length, start + length);
        const { text, highlights } = plainSnippet(raw, [{ start, end }]);
        for (const mark of highlights) {
          expect(mark.start).toBeGreaterThanOrEqual(0);
          expect(mark.end).toBeLessThanOrEqual(text.length);
        }
        expect(text.length).toBeLessThanOrEqual(raw.length);
      }),
    );
  });
});
