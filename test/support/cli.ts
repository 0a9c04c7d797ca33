/** The real command line on a data folder of its own: as a process of its own, or in this one, which takes a tenth. */
import { resolve } from "node:path";
import type { Cli } from "@/cli/context";
import { runProgram } from "@/cli/run";
import { parseConfig } from "@/core/config";
import { version } from "../../package.json";

const root = resolve(import.meta.dir, "../..");

export interface CliOptions {
  /** The data folder. */
  home: string;
  /** A copy of the project to run, in place of this one. */
  project?: string;
  /** More environment. */
  env?: Record<string, string>;
  /** What it reads from standard input. Default: nothing. */
  input?: string;
}

/** An environment that holds nothing of the machine's own settings. */
const environment = ({ home, env = {} }: Pick<CliOptions, "home" | "env">): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: process.env["HOME"] ?? "",
  STONETURNER_HOME: home,
  PORT: "0",
  ...env,
});

/** Starts `stoneturner ARGS`, with an environment that holds nothing of the machine's own settings. */
export function startCli(
  args: readonly string[],
  { home, project = root, env = {} }: Omit<CliOptions, "input">,
) {
  return Bun.spawn([process.execPath, resolve(project, "src/cli.ts"), ...args], {
    cwd: home,
    env: environment({ home, env }),
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
}

/** Runs a command to its end in this process: all of it but the start, signals, standard input and a terminal. */
export async function runCommand(args: readonly string[], options: Pick<CliOptions, "home" | "env">) {
  const variables = environment(options);
  let [stdout, stderr, code] = ["", "", 0];
  const cli: Cli = {
    config: (overrides = {}) => parseConfig({ LOG_LEVEL: "error", ...variables, ...overrides }),
    variable: (name) => variables[name],
    print: (line) => void (stdout += `${line}\n`),
    note: (line) => void (stderr += `${line}\n`),
    draw: (text) => void (stderr += text),
    colour: false,
    interactive: false,
    canAsk: false,
    columns: 80,
    signal: new AbortController().signal,
    setExitCode: (set) => void (code = set),
  };
  const failed = await runProgram(cli, version, args);
  return { code: failed ?? code, stdout, stderr };
}

/** Runs a command to its end as a process of its own. */
export async function runCli(args: readonly string[], options: CliOptions) {
  const child = startCli(args, options);
  if (options.input !== undefined) void child.stdin.write(options.input);
  await child.stdin.end();
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code: await child.exited, stdout, stderr };
}

/** Starts `stoneturner ARGS` the way a person does who has nothing but npm. */
export function startByNpm(args: readonly string[], { home }: Pick<CliOptions, "home">) {
  return Bun.spawn(["npm", "run", "--silent", "stoneturner", "--", ...args], {
    cwd: root,
    env: environment({ home }),
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
}

/** Starts `stoneturner serve ARGS` on a free port; resolves once it says where it is. */
export async function startServing(args: readonly string[], options: CliOptions, start = startCli) {
  const child = start(["serve", "--port", "0", ...args], options);
  const log = new Response(child.stderr).text();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let banner = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The server did not start: ${await log}`);
    banner += value;
    const url = /Web page\s+(\S+)/.exec(banner)?.[1];
    if (url !== undefined && banner.includes("Stop ")) return { child, url, banner, log };
  }
}
