import { expect, test } from "bun:test";
import { withoutTitle } from "./reading-text";

test("a first heading that repeats the title is left out, and its lines are counted", () => {
  expect(withoutTitle("# Travel\n\nBy train.", "Travel")).toEqual({ text: "\nBy train.", linesGone: 1 });
  expect(withoutTitle("\n#  Travel ##\nBy train.", "Travel")).toEqual({ text: "By train.", linesGone: 2 });
  expect(withoutTitle("# Travel", "Travel")).toEqual({ text: "", linesGone: 0 });
});

test("any other text stays as it is", () => {
  for (const text of ["# Travels\n\nx", "## Travel\nx", "Travel\nx", "", "#", "# \nx"]) {
    expect(withoutTitle(text, "Travel")).toEqual({ text, linesGone: 0 });
    expect(withoutTitle(text, "")).toEqual({ text, linesGone: 0 });
  }
});
