/**
 * `npm test`: everything that must hold, what only reads the code side by side, then the tests. The last line counts them.
 * `bun scripts/test.ts --update-timings` also notes how long each file took, for the order of the next runs.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { cleanEnvironment } from "./clean-environment";

const root = resolve(import.meta.dir, "..");
const tool = (name: string) => join(root, "node_modules", ".bin", name);
/** Kept: the tables of docs/reliability.md and docs/security.md can be made from it. */
const report = join(root, "reports", "tests.xml");
mkdirSync(join(root, "reports"), { recursive: true });

/** For what hangs; on a slow machine a test that starts several processes takes a third of it. */
const TEST_TIMEOUT_MS = 120_000;
/** No stage may take longer, whatever hangs. */
const STAGE_TIMEOUT_MS = 20 * 60_000;

interface Stage {
  name: string;
  command: string[];
}

/** Side by side. The format, which takes longest and one core alone, is looked at in two halves. */
const checks: readonly Stage[] = [
  { name: "format", command: [tool("prettier"), "--check", ".", "!src/core/**"] },
  { name: "format core", command: [tool("prettier"), "--check", "src/core"] },
  { name: "lint", command: [tool("oxlint"), "--type-aware", "--deny-warnings"] },
  { name: "types", command: [tool("tsc"), "--noEmit"] },
  { name: "migrations", command: [process.execPath, "scripts/migrations-in-step.ts"] },
];
const tests: Stage = {
  name: "tests",
  command: [
    process.execPath,
    "test",
    // One more than a small machine has cores: a third of the time a file waits, for a process, a browser or a timer.
    "--parallel=3",
    "--only-failures",
    `--timeout=${TEST_TIMEOUT_MS}`,
    // The slowest files begin first, so that no worker is left with one of them at the end.
    "--timings=test/timings.json",
    ...(process.argv.includes("--update-timings") ? ["--update-timings"] : []),
    "--reporter=junit",
    `--reporter-outfile=${report}`,
  ],
};

/** Runs a stage and says how long it took; shows its output when it fails. */
async function run({ name, command }: Stage): Promise<boolean> {
  const start = performance.now();
  const child = Bun.spawn(command, {
    cwd: root,
    env: cleanEnvironment(process.env),
    stdio: ["ignore", "pipe", "pipe"],
    timeout: STAGE_TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  const passed = (await child.exited) === 0;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${passed ? "ok    " : "FAILED"} ${name.padEnd(11)} ${seconds.padStart(6)} s`);
  if (!passed) console.log([out, err].filter((text) => text.trim() !== "").join("\n"));
  return passed;
}

/** Counts from the test runner's own report. */
async function countTests(): Promise<{ passed: number; failed: number; skipped: number }> {
  const file = Bun.file(report);
  const head = (await file.exists()) ? (/<testsuites[^>]*>/.exec(await file.text())?.[0] ?? "") : "";
  const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
  const failed = count("failures") + count("errors");
  return { passed: count("tests") - failed - count("skipped"), failed, skipped: count("skipped") };
}

const failedStages: string[] = [];
rmSync(report, { force: true });
const stage = async (one: Stage) => {
  if (!(await run(one))) failedStages.push(one.name);
};
await Promise.all(checks.map(stage));
await stage(tests);
const { passed, failed, skipped } = await countTests();
if (failedStages.length > 0) console.log(`Failed: ${failedStages.join(", ")}`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failedStages.length > 0 ? 1 : 0;
