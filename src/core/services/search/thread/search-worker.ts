import { Worker } from "node:worker_threads";
import type { WorkerStart } from "./messages";

/** The search thread's program, which searches nothing until it is told to, and the reason once it has ended. */
export interface SearchWorker {
  worker: Worker;
  ended: Promise<unknown>;
}

/**
 * Starts it. A server does so before anything else: its program is loaded beside the process's own, and begins to read
 * the index at `databasePath` if it is there. It never keeps the process alive.
 */
export function startSearchWorker(
  databasePath?: string,
  entry: URL = new URL("./entry.ts", import.meta.url),
): SearchWorker {
  const workerData: WorkerStart = { databasePath };
  const worker = new Worker(entry, { workerData });
  const ended = Promise.withResolvers<unknown>();
  worker.on("error", ended.resolve);
  worker.on("exit", (code) => ended.resolve(new Error(`It ended with code ${code}.`)));
  worker.unref();
  return { worker, ended: ended.promise };
}
