/**
 * Writes the table of abuse cases into `docs/security.md` from `docs/security-cases.json`. Fails when a test that the
 * list names does not exist; with `--check` also when the page is not what would be written.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format } from "prettier";
import { z } from "zod";

const root = resolve(import.meta.dir, "..");
const page = join(root, "docs/security.md");
const marks = ["<!-- cases -->", "<!-- /cases -->"] as const;

const casesSchema = z.array(
  z.union([
    z.strictObject({
      case: z.string(),
      expected: z.string(),
      tests: z.array(z.tuple([z.string(), z.string()])).min(1),
    }),
    z.strictObject({ case: z.string(), open: z.string() }),
  ]),
);
type Cases = z.infer<typeof casesSchema>;

/** Named tests that are not in the file they are said to be in. */
export function missingTests(cases: Cases, read: (file: string) => string | undefined): string[] {
  const named = cases.flatMap((entry) => ("tests" in entry ? entry.tests : []));
  return named
    .filter(([file, name]) => !quotesOf(name).some((quoted) => read(file)?.includes(quoted) === true))
    .map(([file, name]) => `${file}: ${name}`);
}

/** A name as it may stand in a source file. */
function quotesOf(name: string): string[] {
  return [JSON.stringify(name), `'${name}'`, `\`${name}\``];
}

/** The table, covered cases first. */
export function tableOf(cases: Cases): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const covered = cases.flatMap((entry) => ("tests" in entry ? [entry] : []));
  const open = cases.flatMap((entry) => ("open" in entry ? [entry] : []));
  return [
    `${covered.length} cases are covered, each by the tests named:`,
    "",
    "| abuse | what happens | proven by |",
    "| --- | --- | --- |",
    ...covered.map((entry) => {
      const tests = entry.tests.map(([file, name]) => `\`${file}\`: ${name}`).join("<br>");
      return `| ${cell(entry.case)} | ${cell(entry.expected)} | ${cell(tests)} |`;
    }),
    "",
    `${open.length} are open:`,
    "",
    "| abuse | how it stands |",
    "| --- | --- |",
    ...open.map((entry) => `| ${cell(entry.case)} | ${cell(entry.open)} |`),
  ].join("\n");
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
  const missing = missingTests(cases, readSource);
  const text = readFileSync(page, "utf8");
  const made = await pageWith(text, tableOf(cases));
  for (const name of missing) console.error(`There is no such test: ${name}`);
  const isStale = made !== text;
  if (process.argv.includes("--check")) {
    if (isStale) console.error("docs/security.md is not up to date: bun scripts/security-table.ts");
    process.exitCode = isStale || missing.length > 0 ? 1 : 0;
  } else {
    if (isStale) writeFileSync(page, made);
    process.exitCode = missing.length > 0 ? 1 : 0;
  }
}
