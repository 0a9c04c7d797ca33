import { Worker } from "node:worker_threads";
import type { SqlRow } from "@/core/models/database";
import { workOutAll, type WorkedOut } from "./work-out";
import type { WorkAnswer, WorkRequest } from "./work-thread-messages";

const IDLE_MS = 5_000;
/** A thread that ends by itself this often is not started again. */
const MOST_FAILURES = 3;

interface Job {
  rows: readonly SqlRow[];
  resolve: (done: (WorkedOut | undefined)[] | undefined) => void;
}

/**
 * Works artifacts out in a thread, so that the process answers meanwhile. It starts with the first work, ends after
 * five seconds without any and never keeps the process alive. Where it fails or cannot be had, the same work is done in
 * the process itself.
 */
export class WorkThread {
  #worker: Worker | undefined;
  #idle: Timer | undefined;
  #jobs = new Map<number, Job>();
  #last = 0;
  #failures = 0;

  constructor(readonly entry: URL = new URL("./work-thread-entry.ts", import.meta.url)) {}

  /** Same results as `workOutAll`; several calls wait for one another. */
  async workOut(rows: readonly SqlRow[], embed: boolean): Promise<(WorkedOut | undefined)[]> {
    return (await this.#ask(rows, embed)) ?? workOutAll(rows, embed);
  }

  /** Ends the thread. What it was working on is done in the process. */
  stop(): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { resolve } of this.#jobs.values()) resolve(undefined);
    this.#jobs.clear();
    void worker?.terminate();
  }

  /** Undefined when the thread could not do it. */
  #ask(rows: readonly SqlRow[], embed: boolean): Promise<(WorkedOut | undefined)[] | undefined> {
    const worker = this.#running();
    if (worker === undefined) return Promise.resolve(undefined);
    clearTimeout(this.#idle);
    worker.ref();
    const { promise, resolve } = Promise.withResolvers<(WorkedOut | undefined)[] | undefined>();
    const request: WorkRequest = { job: ++this.#last, rows, embed };
    this.#jobs.set(request.job, { rows, resolve });
    worker.postMessage(request, []);
    return promise;
  }

  #running(): Worker | undefined {
    if (this.#worker !== undefined || this.#failures >= MOST_FAILURES) return this.#worker;
    const worker = new Worker(this.entry);
    const failed = () => {
      if (this.#worker !== worker) return;
      this.#failures++;
      this.stop();
    };
    // Only our own thread posts here.
    worker.on("message", (answer: WorkAnswer) => this.#take(worker, answer));
    worker.on("error", failed).on("exit", failed);
    this.#worker = worker;
    return worker;
  }

  #take(worker: Worker, { job, done }: WorkAnswer): void {
    this.#jobs.get(job)?.resolve(done);
    this.#jobs.delete(job);
    if (this.#jobs.size > 0 || this.#worker !== worker) return;
    this.#failures = 0;
    worker.unref();
    this.#idle = setTimeout(() => this.stop(), IDLE_MS);
    this.#idle.unref();
  }
}
