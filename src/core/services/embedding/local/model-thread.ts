import { Worker } from "node:worker_threads";
import { TransientError } from "@/core/models/errors";
import type { TextKind } from "@/core/services/index/embedder";
import { errorFrom, partsOf } from "@/core/services/search/thread/error-parts";
import type { FromModelThread, ModelThreadData, ToModelThread } from "./messages";

/** What a model says of itself once it is open. */
export interface OpenedModel {
  /** Numbers in a vector. */
  dimension: number;
  /** Names the graph. */
  revision: string;
}

/**
 * A model in a thread of its own, since one batch takes as long as a hundred searches. It never keeps the process
 * alive. When it ends by itself, what it was asked fails as passing trouble, and the next question starts it anew.
 */
export class ModelThread {
  #worker: Worker | undefined;
  #opened: Promise<OpenedModel> | undefined;
  #jobs = new Map<number, PromiseWithResolvers<Float32Array[]>>();
  #last = 0;

  constructor(
    private readonly data: ModelThreadData,
    private readonly entry: URL = new URL("./thread-entry.ts", import.meta.url),
  ) {}

  /** @throws PermanentError when there is no such model or nothing to run it. */
  open(): Promise<OpenedModel> {
    this.#opened ??= this.#start().catch((error: unknown) => {
      void this.close();
      throw error;
    });
    return this.#opened;
  }

  /** One vector a text, in order; questions are answered before passages. */
  embed(texts: readonly string[], as: TextKind, signal?: AbortSignal): Promise<Float32Array[]> {
    return this.#ask((job) => ({ kind: "embed", job, texts, as }), signal);
  }

  /** How well each text answers the question, from 0 to 1, in order; the model has to be a cross-encoder. */
  async score(question: string, texts: readonly string[], signal?: AbortSignal): Promise<number[]> {
    const scores = await this.#ask((job) => ({ kind: "score", job, texts, question }), signal);
    return scores.map(([score]) => score ?? 0);
  }

  async #ask(message: (job: number) => ToModelThread, signal?: AbortSignal): Promise<Float32Array[]> {
    await this.open();
    signal?.throwIfAborted();
    const worker = this.#worker;
    if (worker === undefined) throw ended("it was closed");
    const job = ++this.#last;
    const wait = Promise.withResolvers<Float32Array[]>();
    this.#jobs.set(job, wait);
    const stop = () => {
      post(worker, { kind: "stop", job });
      wait.reject(signal?.reason);
    };
    signal?.addEventListener("abort", stop, { once: true });
    worker.ref();
    post(worker, message(job));
    try {
      return await wait.promise;
    } finally {
      signal?.removeEventListener("abort", stop);
      this.#jobs.delete(job);
      if (this.#jobs.size === 0) worker.unref();
    }
  }

  /** Ends the thread; the next call starts another. */
  async close(reason = "it was closed"): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#opened = undefined;
    for (const { reject } of this.#jobs.values()) reject(ended(reason));
    await worker?.terminate();
  }

  #start(): Promise<OpenedModel> {
    const { promise, resolve, reject } = Promise.withResolvers<OpenedModel>();
    const worker = new Worker(this.entry, { workerData: this.data });
    this.#worker = worker;
    const failed = (reason: unknown) => {
      reject(ended(partsOf(reason).message));
      if (this.#worker === worker) void this.close(partsOf(reason).message);
    };
    // Only our own thread posts here.
    worker.on("message", (message: FromModelThread) => {
      if (message.kind === "open") {
        worker.unref();
        resolve(message);
      } else if (message.kind === "not open") reject(errorFrom(message.error));
      else if (message.kind === "embedded") this.#jobs.get(message.job)?.resolve(message.vectors);
      else this.#jobs.get(message.job)?.reject(errorFrom(message.error));
    });
    worker.on("error", failed).on("exit", (code) => failed(new Error(`it ended with code ${code}`)));
    return promise;
  }
}

function ended(reason: string): TransientError {
  return new TransientError(`The model on this machine stopped: ${reason}.`);
}

function post(worker: Worker, message: ToModelThread): void {
  worker.postMessage(message, []);
}
