/** The table of faults names tests that exist: a renamed or moved one would leave its case without proof. */
import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";

const root = resolve(import.meta.dir, "..");
const casesSchema = z.array(
  z.looseObject({ case: z.number(), tests: z.array(z.object({ file: z.string(), name: z.string() })) }),
);
const cases = casesSchema.parse(JSON.parse(readFileSync(join(root, "test/faults/cases.json"), "utf8")));

/** Whether a file's text has a test whose name holds `name`; what a name takes from its values may be anything. */
function hasTest(text: string, name: string): boolean {
  if (text.includes(name)) return true;
  const withValues = [...text.matchAll(/(["'`])((?:%[sp]|\$\{\w+\}) .*?)\1,/g)].map(([, , words = ""]) =>
    words.replace(/^(?:%[sp]|\$\{\w+\})/, ""),
  );
  return withValues.some((words) => name.endsWith(words));
}

test("every case names tests that are where it says", () => {
  expect(cases.length).toBeGreaterThan(80);
  const missing = cases.flatMap(({ case: number, tests }) =>
    tests
      .filter(({ file, name }) => {
        const path = join(root, file);
        return !existsSync(path) || !hasTest(readFileSync(path, "utf8"), name);
      })
      .map(({ file, name }) => `case ${number}: ${file}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test("one that is gone would be noticed", () => {
  const text = 'test("case 1: stays", …); test.each(wrong)("%s are refused", …)';
  expect(hasTest(text, "case 1:")).toBe(true);
  expect(hasTest(text, "vectors of a wrong dimension are refused")).toBe(true);
  expect(hasTest(text, "case 2:")).toBe(false);
  expect(hasTest(text, "vectors are taken")).toBe(false);
});
