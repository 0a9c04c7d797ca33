import { expect, test } from "bun:test";
import { fuzzSql } from "@test/sql-fuzz";

test("mutations of hostile and of good statements write nothing, tell no secret and never hang", async () => {
  const seed = Math.floor(Math.random() * 2 ** 32);
  // The long form: bun scripts/sql-fuzz.ts 10000 SEED
  process.stdout.write(`sql fuzz: seed ${seed}\n`);
  const report = await fuzzSql(600, seed);
  expect(report.findings).toEqual([]);
  expect(report.answered).toBeGreaterThan(30);
  expect(report.refused).toBeGreaterThan(200);
});
