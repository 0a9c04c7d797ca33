import { describe, expect, test } from "bun:test";
import { cleanText, clip, plainLine, safeEnd, visibleText } from "./clean-text";

describe("plainLine", () => {
  test.each([
    ["two\r\nlines\u2028three", "two lines three"],
    ["\u001B[31mred\u001B[0m", "red"],
    ["tag\u{E0041}\u{E0042}s", "tags"],
    ["right\u202Eleft\u2066x", "rightleftx"],
    ["zero\u200Bwidth\uFEFF", "zerowidth"],
    [" plain  ASCII,\ttoo ", "plain ASCII, too"],
    [" nothing to do ", "nothing to do"],
    ["bell\u0007 nul\0", "bell nul"],
    ["Übersicht 日本語 👩‍👩‍👧 naïve", "Übersicht 日本語 👩‍👩‍👧 naïve"],
  ])("%p becomes %p", (text, expected) => {
    expect(plainLine(text)).toBe(expected);
  });

  test("is at most as long as asked", () => {
    expect(plainLine("x".repeat(500), 10)).toBe("xxxxxxxxx…");
  });
});

test("a cut never falls within a character", () => {
  expect(clip("ab😀cd", 4)).toBe("ab…");
  expect(safeEnd("😀", 1)).toBe(0);
  expect(safeEnd("😀", 2)).toBe(2);
});

test("a passage keeps its lines and loses what cannot be seen", () => {
  expect(visibleText("a\n\tb\u0007\u{E0041}\u001B[1mc")).toBe("a\n\tbc");
});

test("stored text keeps its lines and loses control characters, lone surrogates and carriage returns", () => {
  expect(cleanText("a\r\nb\rc\0\u0007\td")).toBe("a\nb\nc\td");
  expect(cleanText("half \uD83D")).toBe("half \uFFFD");
});
