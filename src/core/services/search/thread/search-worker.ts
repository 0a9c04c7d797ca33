import { Worker } from "node:worker_threads";

/** The search thread's program, which opens nothing until it is told to, and the reason once it has ended. */
export interface SearchWorker {
  worker: Worker;
  ended: Promise<unknown>;
}

/**
 * Starts it. A server does so before anything else: its program is loaded beside the process's own. It never keeps the
 * process alive.
 */
export function startSearchWorker(entry: URL = new URL("./entry.ts", import.meta.url)): SearchWorker {
  const worker = new Worker(entry);
  const ended = Promise.withResolvers<unknown>();
  worker.on("error", ended.resolve);
  worker.on("exit", (code) => ended.resolve(new Error(`It ended with code ${code}.`)));
  worker.unref();
  return { worker, ended: ended.promise };
}
