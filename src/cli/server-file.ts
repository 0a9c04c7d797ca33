/** How a command finds the server that runs on the same data folder: a small file that the server keeps there. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Config } from "@/core/config";
import { isAlive, processMark } from "@/lib/is-alive";

const serverFileSchema = z.object({
  pid: z.number().int().positive(),
  url: z.url(),
  /** A killed server leaves its file behind, and its number goes to another program: after a restart to any. */
  mark: z.string().optional(),
});
export type ServerFile = z.infer<typeof serverFileSchema>;

type Folder = Pick<Config, "home" | "devMode">;

const pathOf = (config: Folder) =>
  join(config.home, ".cache", config.devMode ? "test-server.json" : "server.json");

/** Says that this process serves the data folder. Returns what takes it back, for a server from before that runs on. */
export function announceServer(config: Folder, url: string): () => void {
  const path = pathOf(config);
  const before = runningServer(config);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  write(path, { pid: process.pid, url, mark: processMark(process.pid) });
  return () => {
    if (readServerFile(path)?.pid !== process.pid) return;
    if (before !== undefined && isRunning(before)) write(path, before);
    else rmSync(path, { force: true });
  };
}

function write(path: string, file: ServerFile): void {
  writeFileSync(path, JSON.stringify(file), { mode: 0o600 });
}

/** The server that runs on this data folder, if one does. */
export function runningServer(config: Folder): ServerFile | undefined {
  const file = readServerFile(pathOf(config));
  return file !== undefined && isRunning(file) ? file : undefined;
}

function isRunning({ pid, mark }: ServerFile): boolean {
  if (!isAlive(pid)) return false;
  const now = processMark(pid);
  return mark === undefined || now === undefined || mark === now;
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
