import type { Worker } from "node:worker_threads";
import { CancelledError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { SearchInput, SearchResponse } from "@/core/models/search";
import type { Search } from "@/core/services/app";
import { RightOfWay } from "@/lib/right-of-way";
import type { Reranker } from "../reranker";
import { errorFrom, partsOf } from "./error-parts";
import type { FromThread, ThreadData, ToThread } from "./messages";
import { startSearchWorker, type SearchWorker } from "./search-worker";

/** A thread that ends by itself this often is not started again. */
const MOST_FAILURES = 3;

export interface SearchThreadDeps extends Omit<ThreadData, "reranks"> {
  log: Logger;
  /** Embeds a query with a model that the thread cannot reach by itself. */
  embedQuery: (model: string, text: string) => Promise<Float32Array>;
  reranker?: Reranker | undefined;
  /** The same search in the process, for when the thread cannot be had. */
  inProcess: Search;
  /** Makes the search tables where they are missing: the thread only reads. */
  prepare: () => Promise<unknown>;
  /** The thread's program, where it was started already. */
  started?: SearchWorker | undefined;
  /** What background threads let pass: each search, however it is answered or ends. */
  rightOfWay?: RightOfWay;
}

/**
 * Searches in a thread with a connection of its own, so that no search holds up what else the process does, and no
 * write holds up a search. Where the thread fails, the process searches by itself.
 */
export class SearchThread {
  #worker: Worker | undefined;
  #jobs = new Map<number, PromiseWithResolvers<SearchResponse | undefined>>();
  #last = 0;
  #failures = 0;
  #isOpen = false;
  #ready: Promise<unknown> | undefined;
  #started: SearchWorker | undefined;
  readonly #rightOfWay: RightOfWay;

  constructor(
    private readonly deps: SearchThreadDeps,
    private readonly entry?: URL,
  ) {
    this.#started = deps.started;
    this.#rightOfWay = deps.rightOfWay ?? new RightOfWay();
  }

  /** Starts the thread: searches go to it, and what is in memory keeps up with syncs before anybody asks. */
  open(): void {
    this.#isOpen = true;
    this.#prepared().then(
      () => this.#running(),
      // The next search meets the same, and says so to whoever asks.
      (error: unknown) => this.deps.log.warn("The search thread waits.", { reason: partsOf(error).message }),
    );
  }

  readonly search: Search = (input, signal) =>
    this.#rightOfWay.during(
      async () => (await this.#ask(input, signal)) ?? this.deps.inProcess(input, signal),
    );

  /** Ends the thread. What it was asked is answered by the process. */
  async stop(): Promise<void> {
    this.#failures = MOST_FAILURES;
    await this.#started?.worker.terminate();
    await this.#end();
  }

  /** Undefined when the thread could not do it. */
  async #ask(input: SearchInput, signal: AbortSignal | undefined): Promise<SearchResponse | undefined> {
    if (!this.#isOpen) return undefined;
    if (signal?.aborted === true) throw new CancelledError("The search was stopped.");
    await this.#prepared();
    const worker = this.#running();
    if (worker === undefined) return undefined;
    const job = ++this.#last;
    const wait = Promise.withResolvers<SearchResponse | undefined>();
    this.#jobs.set(job, wait);
    const abort = () => post(worker, { kind: "abort", job });
    signal?.addEventListener("abort", abort, { once: true });
    worker.ref();
    post(worker, { kind: "search", job, input });
    try {
      return await wait.promise;
    } finally {
      signal?.removeEventListener("abort", abort);
      this.#jobs.delete(job);
      if (this.#jobs.size === 0) worker.unref();
    }
  }

  #prepared(): Promise<unknown> {
    this.#ready ??= this.deps.prepare().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  #running(): Worker | undefined {
    if (this.#worker !== undefined || this.#failures >= MOST_FAILURES) return this.#worker;
    const { databasePath, integrations, reranker, log } = this.deps;
    const { worker, ended, listen } = this.#started ?? startSearchWorker(undefined, this.entry);
    this.#started = undefined;
    post(worker, { kind: "open", data: { databasePath, integrations, reranks: reranker !== undefined } });
    const failed = (reason: unknown) => {
      if (this.#worker !== worker) return;
      this.#failures++;
      log.warn("The search thread ended; searches go on in the process.", {
        reason: partsOf(reason).message,
      });
      void this.#end();
    };
    listen((message) => this.#take(worker, message));
    void ended.then(failed);
    this.#worker = worker;
    return worker;
  }

  #take(worker: Worker, message: FromThread): void {
    switch (message.kind) {
      case "found":
        this.#failures = 0;
        this.#jobs.get(message.job)?.resolve(message.response);
        break;
      case "failed":
        this.#jobs.get(message.job)?.reject(errorFrom(message.error));
        break;
      case "embed":
        void this.#embed(worker, message);
        break;
      case "rerank":
        void this.#rerank(worker, message);
        break;
      case "log":
        this.deps.log[message.level](message.message, message.fields);
        break;
    }
  }

  async #embed(worker: Worker, { job, model, text }: Extract<FromThread, { kind: "embed" }>): Promise<void> {
    try {
      post(worker, { kind: "embedded", job, vector: await this.deps.embedQuery(model, text) });
    } catch (error) {
      post(worker, { kind: "not done", job, error: partsOf(error) });
    }
  }

  async #rerank(worker: Worker, message: Extract<FromThread, { kind: "rerank" }>): Promise<void> {
    const { job, question, passages } = message;
    try {
      const scores = (await this.deps.reranker?.score(question, passages)) ?? [];
      post(worker, { kind: "reranked", job, scores });
    } catch (error) {
      post(worker, { kind: "not done", job, error: partsOf(error) });
    }
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { resolve } of this.#jobs.values()) resolve(undefined);
    await worker?.terminate();
  }
}

function post(worker: Worker, message: ToThread): void {
  worker.postMessage(message, []);
}
