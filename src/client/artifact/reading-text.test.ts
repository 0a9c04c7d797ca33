import { expect, test } from "bun:test";
import { withoutTitle } from "./reading-text";

test("a first heading that repeats the title is left out", () => {
  expect(withoutTitle("# Travel\n\nBy train.", "Travel")).toBe("\nBy train.");
  expect(withoutTitle("\n#  Travel ##\nBy train.", "Travel")).toBe("By train.");
});

test("any other text stays as it is", () => {
  for (const text of ["# Travels\n\nx", "## Travel\nx", "Travel\nx", "", "#", "# \nx"]) {
    expect(withoutTitle(text, "Travel")).toBe(text);
    expect(withoutTitle(text, "")).toBe(text);
  }
});
