/** The real command line as a process of its own, on a data folder of its own. */
import { resolve } from "node:path";

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

/** Starts `stoneturner ARGS`, with an environment that holds nothing of the machine's own settings. */
export function startCli(
  args: readonly string[],
  { home, project = root, env = {} }: Omit<CliOptions, "input">,
) {
  return Bun.spawn([process.execPath, resolve(project, "src/cli.ts"), ...args], {
    cwd: home,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      STONETURNER_HOME: home,
      PORT: "0",
      ...env,
    },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
}

/** Runs a command to its end. */
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

/** Starts `stoneturner serve ARGS` on a free port; resolves once it says where it is. */
export async function startServing(args: readonly string[], options: CliOptions) {
  const child = startCli(["serve", "--port", "0", ...args], options);
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
