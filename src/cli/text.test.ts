import { expect, test } from "bun:test";
import { columns, count, harmless, oneLine, styled } from "./text";

test("foreign text cannot steer the terminal, and keeps its length", () => {
  const hostile = "a\u001b[31mred\u0007\u009b2J\u202Eabc\r\nb\tc";
  const clean = harmless(hostile);
  expect(clean).toHaveLength(hostile.length);
  for (const bad of ["\u001b", "\u0007", "\u009b", "\u202E", "\r"]) expect(clean).not.toContain(bad);
  expect(clean).toContain("\nb\tc");
  expect(oneLine("  a\n\n b\t c ")).toBe("a b c");
});

test("styles are put on only where there are colours", () => {
  expect(styled(false, "bold", "x")).toBe("x");
  expect(styled(true, "bold", "x")).toBe("\u001b[1mx\u001b[0m");
});

test("amounts agree with their noun", () => {
  expect([count(0, "file"), count(1, "file"), count(1234, "file")]).toEqual([
    "0 files",
    "1 file",
    "1,234 files",
  ]);
});

test("columns line up by what a terminal shows, wide characters too", () => {
  expect(
    columns([
      ["日本", "x", "end"],
      ["a", "longer"],
    ]),
  ).toEqual(["日本  x       end", "a     longer"]);
  expect(columns([])).toEqual([]);
});

test("a column with nothing in it takes no room", () => {
  expect(
    columns([
      ["gong", "", "paused"],
      ["files", "", ""],
    ]),
  ).toEqual(["gong   paused", "files"]);
});
