/** Runs test files and reads what came of each test from the runner's junit report. */
import { mkdirSync } from "node:fs";

export interface TestResult {
  file: string;
  name: string;
  passed: boolean;
}

/** Runs `files` and gives back the report's path, `reports/NAME.xml`. */
export async function runTestFiles(name: string, files: readonly string[]): Promise<string> {
  mkdirSync("reports", { recursive: true });
  const report = `reports/${name}.xml`;
  const command = [process.execPath, "test", "--parallel=2", "--timeout=60000", "--reporter=junit"];
  await Bun.spawn([...command, `--reporter-outfile=${report}`, ...files], {
    stdio: ["ignore", "ignore", "inherit"],
  }).exited;
  return report;
}

export function readReport(xml: string): TestResult[] {
  const found: TestResult[] = [];
  for (const [, attributes = "", ending, body = ""] of xml.matchAll(
    /<testcase ([^>]*?)(\/>|>([\s\S]*?)<\/testcase>)/g,
  )) {
    const of = (name: string) => unescape(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "");
    const failed = ending !== "/>" && /<(failure|error|skipped)/.test(body === "" ? (ending ?? "") : body);
    found.push({ file: of("file"), name: of("name"), passed: !failed });
  }
  return found;
}

function unescape(text: string): string {
  const names: Record<string, string> = { quot: '"', apos: "'", lt: "<", gt: ">", amp: "&" };
  return text.replaceAll(/&(quot|apos|lt|gt|amp);/g, (_whole, name: string) => names[name] ?? "");
}
