/** Exchanges the master key of a data folder, and kills itself where it is told to. */
import { parseConfig } from "@/core/config";
import { rotateKey } from "@/core/services/credentials/rotate-key";

/** @returns "killed", "done", or what went wrong. */
export async function rotateInChild(env: Record<string, string>, failpoint = ""): Promise<string> {
  const child = Bun.spawn([process.execPath, import.meta.path, failpoint], {
    env,
    stdout: "pipe",
    stderr: "pipe",
  });
  const [said, wrong] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  await child.exited;
  return child.signalCode === "SIGKILL" ? "killed" : said.trim() || wrong;
}

/** The same while this process stands still, as another one's does between two of its steps. */
export function rotateMeanwhile(env: Record<string, string>): string {
  const child = Bun.spawnSync([process.execPath, import.meta.path], { env });
  return child.stdout.toString().trim() || child.stderr.toString();
}

if (import.meta.main) {
  const at = process.argv[2];
  await rotateKey(parseConfig(process.env), {
    failpoint: (name) => {
      if (name === at) process.kill(process.pid, "SIGKILL");
    },
  });
  process.stdout.write("done\n");
}
