/** The `stoneturner` command: hands the environment to the commands in `cli/`, and ends with their exit code. */
import { parseConfig } from "@/core/config";
import type { Cli } from "./cli/context";
import { startSearchEarly } from "./cli/early-search";
import { exitCodes } from "./cli/exit-codes";
import { interruptSignal } from "./cli/interrupt";
import { openOutput } from "./cli/standard-output";
import { version } from "../package.json";

const variable = (name: string) => (process.env[name] === "" ? undefined : process.env[name]);
const args = process.argv.slice(2);
let exitCode: number = exitCodes.ok;
let interrupt: AbortSignal | undefined;

const output = openOutput(process.stdout, (failure) => {
  // Whoever reads the answer may stop reading: `stoneturner search … | head`.
  if (failure === "closed") process.exit(exitCodes.ok);
  process.stderr.write(
    `stoneturner: The answer could not be written to standard output: ${failure.message}.\n`,
  );
  process.exit(exitCodes.failure);
});

// A command that ends soon says what went wrong; it does not log its every step beside its answer.
const config: Cli["config"] = (overrides = {}) =>
  parseConfig({ ...process.env, LOG_LEVEL: variable("LOG_LEVEL") ?? "warn", ...overrides });

const cli: Cli = {
  config,
  variable,
  print: output.print,
  note: (line) => void process.stderr.write(`${line}\n`),
  draw: (text) => void process.stderr.write(text),
  colour: process.stdout.isTTY && variable("NO_COLOR") === undefined,
  interactive: process.stderr.isTTY && variable("CI") === undefined,
  canAsk: process.stdin.isTTY && process.stderr.isTTY,
  columns: process.stderr.columns ?? 80,
  // Only for who asks for it: a command that never looks would take Ctrl-C and not stop, however long it takes.
  get signal() {
    return (interrupt ??= interruptSignal());
  },
  setExitCode: (code) => void (exitCode = code),
  searchWorker: startSearchEarly(args, config),
};

// Loaded here, so that the search thread need not wait for it.
const { runProgram } = await import("./cli/run");
exitCode = (await runProgram(cli, version, args)) ?? exitCode;
await output.written();
process.exit(exitCode);
