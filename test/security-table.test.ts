/** The table of abuse cases names tests that exist, and the page holds it as it is. */
import { describe, expect, test } from "bun:test";
import { missingTests, pageWith, readCases, readSource, tableOf } from "../scripts/security-table";

describe("the table of abuse cases", () => {
  test("names only tests that exist", () => {
    expect(missingTests(readCases(), readSource)).toEqual([]);
  });

  test("is on the page as the list has it", async () => {
    const text = readSource("docs/security.md") ?? "";
    expect(await pageWith(text, tableOf(readCases()))).toBe(text);
  });

  test("would notice a test that is gone, renamed or elsewhere", () => {
    const read = (file: string) => (file === "a.test.ts" ? 'test("is there", () => {})' : undefined);
    const cases = (file: string, name: string) => [
      { case: "c", expected: "e", tests: [[file, name] as [string, string]] },
    ];
    expect(missingTests(cases("a.test.ts", "is there"), read)).toEqual([]);
    expect(missingTests(cases("a.test.ts", "is the"), read)).toEqual(["a.test.ts: is the"]);
    expect(missingTests(cases("b.test.ts", "is there"), read)).toEqual(["b.test.ts: is there"]);
  });

  test("lists what is open as open, and keeps the page around it", async () => {
    const table = tableOf([
      { case: "a | b", open: "Not yet." },
      { case: "c", expected: "e", tests: [["a.test.ts", "is there"]] },
    ]);
    const text = await pageWith("# Before\n\n<!-- cases -->\nold\n<!-- /cases -->\n\nAfter.\n", table);
    expect(text).toMatch(/^# Before\n\n<!-- cases -->\n\n1 cases are covered/);
    expect(text).toContain("`a.test.ts`: is there");
    expect(text).toMatch(/\| a \\\| b +\| Not yet\. +\|/);
    expect(text).toMatch(/<!-- \/cases -->\n\nAfter\.\n$/);
    expect(text).not.toContain("old");
    expect(pageWith("# No marks\n", table)).rejects.toThrow("marks");
  });
});
