/**
 * Makes the table of docs/reliability.md from test/faults/cases.json and the junit reports of test runs:
 * `bun scripts/reliability-table.ts [report.xml …]`. `npm test` leaves one at `reports/tests.xml`; without any, the
 * tests that the cases name are run. Fails when a case names a test that does not exist, or one that failed.
 */
import { z } from "zod";
import { readReport, runTestFiles } from "./junit";

const casesSchema = z.array(
  z.strictObject({
    case: z.number().int(),
    fault: z.string(),
    outcome: z.string(),
    tests: z.array(z.strictObject({ file: z.string(), name: z.string() })),
    note: z.string().optional(),
    open: z.string().optional(),
  }),
);
type Case = z.infer<typeof casesSchema>[number];

const page = "docs/reliability.md";
const cases = casesSchema.parse(await Bun.file("test/faults/cases.json").json());
const given = process.argv.slice(2);
const reports = given.length > 0 ? given : [await runTests()];
const results = (await Promise.all(reports.map((path) => Bun.file(path).text()))).flatMap(readReport);
const problems: string[] = [];
const rows = cases.map(rowOf);
const covered = cases.filter((one) => one.open === undefined).length;

const text = await Bun.file(page).text();
const [head = ""] = text.split("<!-- table -->");
const table = [
  "| # | fault | what must come of it | test | result |",
  "| --- | --- | --- | --- | --- |",
  ...rows,
];
const sum = `${covered} of ${cases.length} cases are played by a test; ${cases.length - covered} are open.`;
await Bun.write(page, `${head}<!-- table -->\n\n${sum}\n\n${table.join("\n")}\n`);
await Bun.spawn(["node_modules/.bin/prettier", "--log-level=warn", "--write", page]).exited;
for (const problem of problems) console.error(problem);
console.log(`${covered} covered, ${cases.length - covered} open, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Runs the files that the cases name, and gives back the report's path. */
function runTests(): Promise<string> {
  return runTestFiles("faults", [...new Set(cases.flatMap(({ tests }) => tests.map(({ file }) => file)))]);
}

function rowOf(one: Case): string {
  const cell = (words: string) => words.replaceAll("|", "\\|").replaceAll("\n", " ");
  if (one.open !== undefined) {
    return `| ${one.case} | ${cell(one.fault)} | ${cell(one.outcome)} | ${cell(one.open)} | open |`;
  }
  const played = one.tests.map((test) => {
    const met = results.filter(({ file, name }) => file === test.file && name.includes(test.name));
    if (met.length === 0) problems.push(`Case ${one.case}: there is no test '${test.name}' in ${test.file}.`);
    for (const { name, passed } of met) if (!passed) problems.push(`Case ${one.case}: '${name}' failed.`);
    return {
      words: `${met[0]?.name ?? test.name} (\`${test.file}\`)`,
      passed: met.length > 0 && met.every((result) => result.passed),
    };
  });
  const words = [...played.map((test) => test.words), ...(one.note === undefined ? [] : [one.note])].join(
    "; ",
  );
  const result = played.every((test) => test.passed) ? "holds" : "FAILS";
  return `| ${one.case} | ${cell(one.fault)} | ${cell(one.outcome)} | ${cell(words)} | ${result} |`;
}
