/**
 * The long form of the fuzzer for agents' SQL: `bun scripts/sql-fuzz.ts [runs] [seed]`, by default 10,000 runs with a seed
 * of its own, which is printed. Fails when a statement writes, tells a secret or hangs.
 */
import { fuzzSql } from "@test/sql-fuzz";

const [runs = "10000", seed = String(Math.floor(Math.random() * 2 ** 32))] = process.argv.slice(2);
console.log(`seed ${seed}`);
const started = performance.now();
const { findings, ...counts } = await fuzzSql(Number(runs), Number(seed));
for (const finding of findings) console.error(finding);
console.log(JSON.stringify({ ...counts, findings: findings.length }));
console.log(`${((performance.now() - started) / 1_000).toFixed(1)} s`);
process.exitCode = findings.length > 0 ? 1 : 0;
