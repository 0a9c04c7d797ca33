/** The table of abuse cases names tests that exist, and the page holds it as it is. */
import { describe, expect, test } from "bun:test";
import {
  type Cases,
  failedTests,
  missingTests,
  pageWith,
  readCases,
  readSource,
  tablesOf,
} from "../scripts/security-table";

describe("the table of abuse cases", () => {
  test("names only tests that exist", () => {
    expect(missingTests(readCases(), readSource)).toEqual([]);
  });

  test("is on the page as the list has it", async () => {
    const text = readSource("docs/security.md") ?? "";
    expect(await pageWith(text, tablesOf(readCases()))).toBe(text);
  });

  const cases = (file: string, name: string): Cases => ({
    abuse: [{ case: "a | b", expected: "e", tests: [[file, name]] }],
    http: [],
  });

  test("would notice a test that is gone, renamed or elsewhere", () => {
    const read = (file: string) => (file === "a.test.ts" ? 'test("is there", () => {})' : undefined);
    expect(missingTests(cases("a.test.ts", "is there"), read)).toEqual([]);
    expect(missingTests(cases("a.test.ts", "is the"), read)).toEqual(["a.test.ts: is the"]);
    expect(missingTests(cases("b.test.ts", "is there"), read)).toEqual(["b.test.ts: is there"]);
  });

  test("would notice a test that failed or was not run, by each of its values", () => {
    const result = (name: string, passed = true) => ({ file: "a.test.ts", name, passed });
    const named = cases("a.test.ts", "host ${host} (%p) is $what.");
    expect(failedTests(named, [result("host evil.com (1) is refused."), result("other", false)])).toEqual([]);
    expect(failedTests(named, [])).toHaveLength(1);
    expect(failedTests(named, [result("host x (1) is refused.", false)])).toHaveLength(1);
    const some = [result("host x (1) is refused."), result("host y (2) is refused.", false)];
    expect(failedTests(named, some)).toHaveLength(1);
  });

  test("keeps the page around it", async () => {
    const tables = tablesOf(cases("a.test.ts", "is there"));
    const text = await pageWith("# Before\n\n<!-- cases -->\nold\n<!-- /cases -->\n\nAfter.\n", tables);
    expect(text).toMatch(/^# Before\n\n<!-- cases -->\n\n### 1 abuse cases/);
    expect(text).toMatch(/\| 1 +\| a \\\| b +\| e +\| `a\.test\.ts`: is there \| passes \|/);
    expect(text).toMatch(/<!-- \/cases -->\n\nAfter\.\n$/);
    expect(text).not.toContain("old");
    await expect(pageWith("# No marks\n", tables)).rejects.toThrow("marks");
  });
});
