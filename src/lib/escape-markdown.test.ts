import { describe, expect, test } from "bun:test";
import { escapeInline, escapeMarkdown } from "./escape-markdown";

const inText = (text: string) => escapeMarkdown(text, { atLineStart: false, inTableCell: false });
const atStart = (text: string) => escapeMarkdown(text, { atLineStart: true, inTableCell: false });

describe("text that markdown would take as markup", () => {
  test.each([
    ["*bold*", "\\*bold\\*"],
    ["a [link](x)", "a \\[link\\](x)"],
    ["<script>", "\\<script>"],
    ["&amp; again", "\\&amp; again"],
    ["`code`", "\\`code\\`"],
  ])("%s is escaped", (text, escaped) => expect(inText(text)).toBe(escaped));

  test.each([
    ["# no heading", "\\# no heading"],
    ["- no list", "\\- no list"],
    ["1. no list", "1\\. no list"],
    ["> no quote", "\\> no quote"],
  ])("%s is escaped at the start of a line", (text, escaped) => {
    expect(atStart(text)).toBe(escaped);
    expect(inText(text)).toBe(text);
  });

  test("a pipe ends no cell, and a line break no line", () => {
    expect(escapeMarkdown("a|b\nc", { atLineStart: false, inTableCell: true })).toBe("a\\|b c");
  });
});

test.each(["snake_case", "a@b.com", "2 * 3", "R&D", "5 < 6", "don't"])(
  "%s stays as people write it",
  (text) => expect(inText(text)).toBe(text),
);

test.each([
  ["https://a.example/_next/~ann/*x*/1a_-b?c=_d", "https://a.example/_next/~ann/*x*/1a_-b?c=_d"],
  ["(see www.a.example/_x_/y) _not this_", "(see www.a.example/_x_/y) \\_not this\\_"],
  ["https://a.example/[x]`y`<b>", "https://a.example/\\[x\\]\\`y\\`\\<b>"],
])("an address leads where it led: %s", (text, escaped) => expect(inText(text)).toBe(escaped));

test("line breaks become a blank with those around them, however many blanks there are", () => {
  expect(inText(" a \n\n \t b\n")).toBe(" a b ");
  expect(inText("\n")).toBe(" ");
  const blanks = " ".repeat(300_000);
  expect(inText(`a${blanks}b`)).toBe(`a${blanks}b`);
});

test("a piece within a line may begin with what would begin a list there, and may hold a pipe", () => {
  expect(escapeInline("- a | *b*")).toBe("- a | \\*b\\*");
});
