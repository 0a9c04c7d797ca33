import { describe, expect, test } from "bun:test";
import { assert, property, string } from "fast-check";
import { closest, editDistance } from "./closest";

const sources = ["Files", "Gong", "Discord", "Notion", "Google Drive"];

describe("closest", () => {
  test("finds what a mistyped name meant", () => {
    expect(closest("Fiels", sources)).toEqual(["Files"]);
    expect(closest("discrod", sources)).toEqual(["Discord"]);
    expect(closest("goog", sources)).toContain("Google Drive");
  });

  test("puts a match without regard to case first", () => {
    expect(closest("gong", ["Gang", "Gong"])).toEqual(["Gong", "Gang"]);
  });

  test("offers nothing when nothing is near", () => {
    expect(closest("Salesforce", sources)).toEqual([]);
    expect(closest("   ", sources)).toEqual([]);
    expect(closest("Files", [])).toEqual([]);
  });

  test("offers no more than it is asked for, equally near ones by the alphabet", () => {
    expect(closest("aac", ["aab", "aaa", "aad"], 2)).toEqual(["aaa", "aab"]);
  });
});

describe("editDistance", () => {
  test("counts inserts, removals and replacements", () => {
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("", "abc")).toBe(3);
    expect(editDistance("abc", "abc")).toBe(0);
  });

  test("counts two changed places once", () => {
    expect(editDistance("tirbe", "tribe")).toBe(1);
    expect(editDistance("ab", "ba")).toBe(1);
    expect(editDistance("mabma", "mamba")).toBe(1);
    expect(editDistance("abcd", "badc")).toBe(2);
  });

  test("is the same both ways and never above the longer length", () => {
    assert(
      property(string({ maxLength: 12 }), string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b);
        return distance === editDistance(b, a) && distance <= Math.max(a.length, b.length);
      }),
    );
  });
});
