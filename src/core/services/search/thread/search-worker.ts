import { Worker } from "node:worker_threads";
import type { FromThread, WorkerStart } from "./messages";

/** The search thread's program, which searches nothing until it is told to, and the reason once it has ended. */
export interface SearchWorker {
  worker: Worker;
  ended: Promise<unknown>;
  /** Calls back with what it sends, and first with what it sent before anybody listened, such as lines of the log. */
  listen: (take: (message: FromThread) => void) => void;
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
  return { worker, ended: ended.promise, listen: listener(worker) };
}

function listener(worker: Worker): SearchWorker["listen"] {
  const early: FromThread[] = [];
  const keep = (message: FromThread) => void early.push(message);
  // Only our own thread posts here. What nobody listens to is lost.
  worker.on("message", keep);
  return (take) => {
    worker.off("message", keep);
    worker.on("message", take);
    for (const message of early.splice(0)) take(message);
  };
}
