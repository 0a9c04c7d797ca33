/**
 * Writes the tables of abuse cases into `docs/security.md` from `docs/security-cases.json` and the report of the tests that
 * they name, which it runs: `bun scripts/security-table.ts`. Fails when a test does not exist or does not pass; with
 * `--check` nothing is run, and it fails when the page is not what would be written.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format } from "prettier";
import { z } from "zod";
import { readReport, runTestFiles, type TestResult } from "./junit";

const root = resolve(import.meta.dir, "..");
const page = join(root, "docs/security.md");
const marks = ["<!-- cases -->", "<!-- /cases -->"] as const;

const caseSchema = z.strictObject({
  case: z.string(),
  expected: z.string(),
  tests: z.array(z.tuple([z.string(), z.string()])).min(1),
});
const casesSchema = z.strictObject({ abuse: z.array(caseSchema), http: z.array(caseSchema) });
export type Cases = z.infer<typeof casesSchema>;
type Case = z.infer<typeof caseSchema>;

/** All tests that the cases name, as file and name. */
const testsOf = ({ abuse, http }: Cases) => [...abuse, ...http].flatMap(({ tests }) => tests);

/** Named tests that are not in the file they are said to be in. */
export function missingTests(cases: Cases, read: (file: string) => string | undefined): string[] {
  return testsOf(cases)
    .filter(([file, name]) => !quotesOf(name).some((quoted) => read(file)?.includes(quoted) === true))
    .map(([file, name]) => `${file}: ${name}`);
}

/** Named tests of a report that failed, or were not run. A name's placeholders stand for anything. */
export function failedTests(cases: Cases, results: readonly TestResult[]): string[] {
  return testsOf(cases)
    .filter(([file, name]) => {
      const pattern = new RegExp(`^${name.split(placeholder).map(escaped).join(".*")}$`, "s");
      const met = results.filter((result) => result.file === file && pattern.test(result.name));
      return met.length === 0 || met.some(({ passed }) => !passed);
    })
    .map(([file, name]) => `${file}: ${name}`);
}

/** What stands in the names of tests that are run with many values. */
const placeholder = /%[spdijo#]|\$\{[^}]*\}|\$\w+/;

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** A name as it may stand in a source file. */
function quotesOf(name: string): string[] {
  return [JSON.stringify(name), `'${name}'`, `\`${name}\``];
}

/** Both tables. Written only when every named test has passed, so each row holds. */
export function tablesOf({ abuse, http }: Cases): string {
  return [
    `### ${abuse.length} abuse cases`,
    "",
    ...tableOf(abuse),
    "",
    `### ${http.length} cases of HTTP and MCP`,
    "",
    ...tableOf(http),
  ].join("\n");
}

function tableOf(cases: readonly Case[]): string[] {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  return [
    "| # | case | what happens | proven by | result |",
    "| --- | --- | --- | --- | --- |",
    ...cases.map((entry, index) => {
      const tests = entry.tests.map(([file, name]) => `\`${file}\`: ${name}`).join("<br>");
      return `| ${index + 1} | ${cell(entry.case)} | ${cell(entry.expected)} | ${cell(tests)} | passes |`;
    }),
  ];
}

/** The page with the table between its marks. */
export async function pageWith(text: string, table: string): Promise<string> {
  const [start, end] = [text.indexOf(marks[0]), text.indexOf(marks[1])];
  if (start < 0 || end < start) throw new Error(`docs/security.md has lost its marks ${marks.join(" ")}.`);
  const made = `${text.slice(0, start)}${marks[0]}\n\n${table}\n\n${text.slice(end)}`;
  return format(made, { parser: "markdown", printWidth: 110 });
}

export function readCases(): Cases {
  return casesSchema.parse(JSON.parse(readFileSync(join(root, "docs/security-cases.json"), "utf8")));
}

export function readSource(file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

if (import.meta.main) {
  const cases = readCases();
  const isCheck = process.argv.includes("--check");
  const problems = missingTests(cases, readSource).map((name) => `There is no such test: ${name}`);
  if (!isCheck) {
    const files = [...new Set(testsOf(cases).map(([file]) => file))];
    const results = readReport(await Bun.file(await runTestFiles("security", files)).text());
    problems.push(...failedTests(cases, results).map((name) => `This test does not pass: ${name}`));
  }
  const text = readFileSync(page, "utf8");
  const made = await pageWith(text, tablesOf(cases));
  if (isCheck && made !== text)
    problems.push("docs/security.md is not up to date: bun scripts/security-table.ts");
  if (!isCheck && problems.length === 0) writeFileSync(page, made);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
