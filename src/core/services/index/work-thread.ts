import { Worker } from "node:worker_threads";
import type { WorkAnswer, WorkRequest, WorkThreadData } from "./work-thread-messages";

const IDLE_MS = 5_000;
/** A thread that ends by itself this often is not started again. */
const MOST_FAILURES = 3;

type Without<Request> = Request extends WorkRequest ? Omit<Request, "job"> : never;
type Resolve = (answer: WorkAnswer | undefined) => void;

/**
 * One working thread. It starts with the first work, ends after five seconds without any and never keeps the process
 * alive while it has none.
 */
export class WorkThread {
  #worker: Worker | undefined;
  #idle: Timer | undefined;
  #jobs = new Map<number, Resolve>();
  #last = 0;
  #failures = 0;

  constructor(
    private readonly data: WorkThreadData,
    private readonly entry: URL = new URL("./work-thread-entry.ts", import.meta.url),
  ) {}

  /** Requests that wait for their answer. */
  get load(): number {
    return this.#jobs.size;
  }

  /** Sends a request. The answer is undefined when the thread ended before; no thread, no request. */
  ask(request: Without<WorkRequest>): { job: number; answer: Promise<WorkAnswer | undefined> } | undefined {
    const worker = this.#running();
    if (worker === undefined) return undefined;
    clearTimeout(this.#idle);
    worker.ref();
    const job = ++this.#last;
    const { promise: answer, resolve } = Promise.withResolvers<WorkAnswer | undefined>();
    this.#jobs.set(job, resolve);
    worker.postMessage({ ...request, job }, []);
    return { job, answer };
  }

  /** Ends the thread, and with it what it had open: only then are its requests answered. */
  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    const jobs = [...this.#jobs.values()];
    this.#worker = undefined;
    this.#jobs.clear();
    await worker?.terminate();
    for (const resolve of jobs) resolve(undefined);
  }

  #running(): Worker | undefined {
    if (this.#worker !== undefined || this.#failures >= MOST_FAILURES) return this.#worker;
    const worker = new Worker(this.entry, { workerData: this.data });
    const failed = () => {
      if (this.#worker !== worker) return;
      this.#failures++;
      void this.stop();
    };
    // Only our own thread posts here.
    worker.on("message", (answer: WorkAnswer) => this.#take(worker, answer));
    worker.on("error", failed).on("exit", failed);
    this.#worker = worker;
    return worker;
  }

  #take(worker: Worker, answer: WorkAnswer): void {
    this.#jobs.get(answer.job)?.(answer);
    this.#jobs.delete(answer.job);
    if (this.#jobs.size > 0 || this.#worker !== worker) return;
    this.#failures = 0;
    worker.unref();
    this.#idle = setTimeout(() => void this.stop(), IDLE_MS);
    this.#idle.unref();
  }
}
