/** The `stoneturner` command: hands the environment to the commands in `cli/`, and ends with their exit code. */
import { parseConfig } from "@/core/config";
import type { Cli } from "./cli/context";
import { exitCodes } from "./cli/exit";
import { interruptSignal } from "./cli/interrupt";
import { runProgram } from "./cli/run";
import { version } from "../package.json";

const variable = (name: string) => (process.env[name] === "" ? undefined : process.env[name]);
let exitCode: number = exitCodes.ok;

const cli: Cli = {
  // A command that ends soon says what went wrong; it does not log its every step beside its answer.
  config: (overrides = {}) =>
    parseConfig({ ...process.env, LOG_LEVEL: variable("LOG_LEVEL") ?? "warn", ...overrides }),
  variable,
  print: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  draw: (text) => void process.stderr.write(text),
  colour: process.stdout.isTTY && variable("NO_COLOR") === undefined,
  interactive: process.stderr.isTTY && variable("CI") === undefined,
  canAsk: process.stdin.isTTY && process.stderr.isTTY,
  columns: process.stderr.columns ?? 80,
  signal: interruptSignal(),
  setExitCode: (code) => void (exitCode = code),
};

// Whoever reads the answer may stop reading: `stoneturner search … | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

exitCode = (await runProgram(cli, version, process.argv.slice(2))) ?? exitCode;
await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
process.exit(exitCode);
