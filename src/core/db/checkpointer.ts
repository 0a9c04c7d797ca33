import { Worker } from "node:worker_threads";

/** So many commits within a second are a sync at work; a thread for less would cost more than it spares. */
const BUSY_COMMITS = 10;
const SECOND_MS = 1_000;
/** Milliseconds without being busy after which the thread ends. */
const IDLE_MS = 5_000;

/**
 * Keeps checkpoints of the write-ahead log, and their waiting for the disk, out of the thread that answers: while much
 * is written they are made by a thread of their own. Without that thread SQLite makes them itself, only later.
 */
export class Checkpointer {
  #worker: Worker | undefined;
  #idle: Timer | undefined;
  #commits = 0;
  #since = 0;
  #closed = false;

  constructor(
    private readonly path: string,
    private readonly entry = new URL("./checkpoint-thread.ts", import.meta.url),
  ) {}

  /** Called after each commit; a large one counts as several. */
  committed(commits = 1): void {
    const now = performance.now();
    if (now - this.#since > SECOND_MS) [this.#since, this.#commits] = [now, 0];
    const before = this.#commits;
    this.#commits += commits;
    if (before >= BUSY_COMMITS || this.#commits < BUSY_COMMITS || this.#closed) return;
    this.#worker ??= this.#start();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#stop(), IDLE_MS);
    this.#idle.unref();
  }

  /** Ends the thread for good. */
  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #start(): Worker {
    const worker = new Worker(this.entry, { workerData: { path: this.path } });
    const ended = () => {
      if (this.#worker === worker) this.#worker = undefined;
    };
    worker.on("error", ended).on("exit", ended);
    worker.unref();
    return worker;
  }

  #stop(): void {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }
}
