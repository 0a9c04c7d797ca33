import { Worker } from "node:worker_threads";
import type { Logger } from "@/core/models/logger";
import type { Filter } from "../../filters";
import { errorFrom, partsOf } from "../../thread/error-parts";
import { BitVectors, type BitVectorsDeps } from "../bit-vectors";
import type { Model } from "../kind-bits";
import { vectorKinds, type KeptVectors, type Nearest, type VectorKind } from "../vector-candidates";
import { answerCall } from "./answer-call";
import type { FromVectorThread, VectorAnswer, VectorCall, VectorRequest, VectorThreadData } from "./messages";

/** A thread that ends by itself this often is not started again. */
const MOST_FAILURES = 3;

export interface VectorThreadDeps extends BitVectorsDeps {
  log: Logger;
  databasePath: string;
  model: Model;
}

interface Job {
  call: VectorCall;
  wait: PromiseWithResolvers<VectorAnswer>;
}

/**
 * Finds vectors in a thread with a connection of its own, so that a search goes by words meanwhile. Where the thread
 * fails, the same is done by whoever asks. It never keeps the process alive, and ends with the thread that started it.
 */
export class VectorThread implements KeptVectors {
  #worker: Worker | undefined;
  #jobs = new Map<number, Job>();
  #last = 0;
  #failures = 0;
  #here: KeptVectors | undefined;

  constructor(
    private readonly deps: VectorThreadDeps,
    private readonly entry: URL = new URL("./entry.ts", import.meta.url),
  ) {}

  async candidates(
    query: Float32Array,
    mask: Filter,
    n: number,
    kinds: readonly VectorKind[] = vectorKinds,
  ): Promise<Nearest> {
    // What comes back is what `answerCall` gives for this call.
    return (await this.#ask({ call: "candidates", query, mask, n, kinds })) as Nearest;
  }

  async cosines(query: Float32Array, rowIds: readonly number[]): Promise<Map<number, number>> {
    if (rowIds.length === 0) return new Map();
    // As above.
    return (await this.#ask({ call: "cosines", query, rowIds })) as Map<number, number>;
  }

  async catchUp(): Promise<void> {
    await this.#ask({ call: "catchUp" });
  }

  async maintain(): Promise<void> {
    await this.#ask({ call: "maintain" });
  }

  /** Ends the thread. What it was asked is done here. */
  close(): void {
    this.#failures = MOST_FAILURES;
    this.#end();
  }

  #ask(call: VectorCall): Promise<VectorAnswer> {
    const worker = this.#running();
    if (worker === undefined) return this.#doHere(call);
    const request: VectorRequest = { job: ++this.#last, call };
    const wait = Promise.withResolvers<VectorAnswer>();
    this.#jobs.set(request.job, { call, wait });
    worker.postMessage(request, []);
    return wait.promise;
  }

  #doHere(call: VectorCall): Promise<VectorAnswer> {
    const { model, ...deps } = this.deps;
    this.#here ??= new BitVectors(deps, model);
    return answerCall(this.#here, call);
  }

  #running(): Worker | undefined {
    if (this.#worker !== undefined || this.#failures >= MOST_FAILURES) return this.#worker;
    const { databasePath, path, model, log } = this.deps;
    const workerData: VectorThreadData = { databasePath, path, model };
    const worker = new Worker(this.entry, { workerData });
    const failed = (reason: unknown) => {
      if (this.#worker !== worker) return;
      this.#failures++;
      log.warn("The vectors' thread ended; what it was asked is done without it.", {
        reason: partsOf(reason).message,
      });
      this.#end();
    };
    // Only our own thread posts here.
    worker.on("message", (message: FromVectorThread) => this.#take(message));
    worker.on("error", failed).on("exit", (code) => failed(new Error(`It ended with code ${code}.`)));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #take(message: FromVectorThread): void {
    if (message.kind === "log") {
      this.deps.log[message.level](message.message, message.fields);
      return;
    }
    const job = this.#jobs.get(message.job);
    this.#jobs.delete(message.job);
    if (message.kind === "failed") job?.wait.reject(errorFrom(message.error));
    else {
      this.#failures = 0;
      job?.wait.resolve(message.answer);
    }
  }

  #end(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { call, wait } of this.#jobs.values()) this.#doHere(call).then(wait.resolve, wait.reject);
    this.#jobs.clear();
    void worker?.terminate();
  }
}
