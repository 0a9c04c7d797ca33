/** How a command finds the server that runs on the same data folder: a small file that the server keeps there. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Config } from "@/core/config";
import { isAlive } from "@/lib/is-alive";

const serverFileSchema = z.object({ pid: z.number().int().positive(), url: z.url() });
export type ServerFile = z.infer<typeof serverFileSchema>;

type Folder = Pick<Config, "home" | "devMode">;

const pathOf = (config: Folder) =>
  join(config.home, ".cache", config.devMode ? "test-server.json" : "server.json");

/** Says that this process serves the data folder. Returns what takes it back. */
export function announceServer(config: Folder, url: string): () => void {
  const path = pathOf(config);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, JSON.stringify({ pid: process.pid, url }), { mode: 0o600 });
  return () => {
    if (readServerFile(path)?.pid === process.pid) rmSync(path, { force: true });
  };
}

/** The server that runs on this data folder, if one does. */
export function runningServer(config: Folder): ServerFile | undefined {
  const file = readServerFile(pathOf(config));
  return file !== undefined && isAlive(file.pid) ? file : undefined;
}

function readServerFile(path: string): ServerFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    // No server has been started here.
    return undefined;
  }
  try {
    return serverFileSchema.parse(JSON.parse(text));
  } catch {
    // Half written by a process that was killed: as good as none.
    return undefined;
  }
}
