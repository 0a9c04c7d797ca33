/** The real server as a process of its own, for benchmarks. */
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";

export interface ServerProcess {
  url: string;
  /** From spawn until it answered that it is ready, in milliseconds. */
  startMs: number;
  /** Resident memory, in MB (Linux). */
  memoryMb: () => number;
  /** Processor time of all its threads so far, in seconds (Linux): says the same on a busy machine. */
  cpuSeconds: () => number;
  stop: () => Promise<void>;
}

const DEADLINE_MS = 30_000;

/** As `npm start` starts it: freed memory goes back to the system after two seconds. */
export const asStarted = { MIMALLOC_PURGE_DELAY: "2000", ...process.env };

/** Starts `stoneturner serve` on a data folder and waits until it is ready. */
export async function startServer(home: string, port: number): Promise<ServerProcess> {
  const started = performance.now();
  const child = Bun.spawn([process.execPath, resolve(import.meta.dir, "../src/cli.ts"), "serve"], {
    env: { ...asStarted, STONETURNER_HOME: home, PORT: String(port), LOG_LEVEL: "warn" },
    stdout: "ignore",
    stderr: "inherit",
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() - started > DEADLINE_MS) {
      child.kill();
      throw new Error("The server did not become ready.");
    }
    await Bun.sleep(10);
  }
  return {
    url,
    startMs: performance.now() - started,
    memoryMb: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    },
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await child.exited;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    // Nobody listens yet: that is the answer.
    return false;
  }
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolvePort(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** The `p`th percentile, as text with one digit. */
export function percentile(values: readonly number[], p: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0).toFixed(1);
}
