import { totalmem } from "node:os";
import { Worker } from "node:worker_threads";
import { CancelledError, ItemError, PermanentError, messageOf } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import type { DocumentInput, ReadDocument } from "./reader";
import { answerSchema, type ReadRequest } from "./thread-messages";

const IDLE_MS = 5_000;
/** How often the memory is looked at that a file takes. */
const LOOK_EVERY_MS = 100;
/** A file may make the process this much larger: as much as no honest one takes, and never most of what there is. */
const MOST_GROWTH = Math.min(2 * 1024 ** 3, memoryThereIs(process.constrainedMemory(), totalmem()) / 3);

/** Bytes that the process may use at most. A limit of nothing means that none is known. */
export function memoryThereIs(limit: number, machine: number): number {
  return limit > 0 ? Math.min(limit, machine) : machine;
}

/**
 * Reads files in a thread, one after the other, so that a slow or hostile one never holds up the process: past the
 * time limit or the memory (bytes) that a file may take, or when the work is called off, the thread is ended and the next file gets
 * a new one. A thread without work ends after five seconds and never keeps the process alive.
 */
export class ReaderThread {
  #worker: Worker | undefined;
  #idle: Timer | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly timeLimitMs: number,
    readonly entry: URL = new URL("./thread-entry.ts", import.meta.url),
    readonly mostGrowth: number = MOST_GROWTH,
  ) {}

  /** Same results and errors as `readDocument`. */
  read(input: DocumentInput): Promise<ReadDocument | null> {
    const turn = this.#last.then(() => this.#readNow(input));
    this.#last = turn.catch(() => undefined); // The caller has the error; the next file does not care.
    return turn;
  }

  /** Ends the thread. What is being read fails as called off. */
  stop(): void {
    clearTimeout(this.#idle);
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #readNow(input: DocumentInput): Promise<ReadDocument | null> {
    if (input.signal.aborted) throw cancelled();
    clearTimeout(this.#idle);
    const worker = (this.#worker ??= new Worker(this.entry));
    worker.ref();
    try {
      const answer = answerSchema.parse(await this.#ask(worker, input));
      if (answer.outcome === "read") return answer.document;
      const cause = answer.cause === undefined ? undefined : new Error(answer.cause);
      const action = answer.action === undefined ? {} : { action: answer.action };
      throw new ItemError(answer.message, { ...action, cause });
    } finally {
      worker.unref();
      this.#idle = setTimeout(() => this.stop(), IDLE_MS);
      this.#idle.unref();
    }
  }

  /** Sends one file over and waits for the answer, the limit or the end of the sync, whichever is first. */
  async #ask(worker: Worker, input: DocumentInput): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const finished = new AbortController();
    const giveUp = (error: Error) => {
      this.stop();
      reject(error);
    };
    const failed = (error: unknown) => giveUp(brokenThread(error));
    const ended = () => giveUp(tooMuch(input));
    worker.on("message", resolve).on("error", failed).on("exit", ended);
    input.signal.addEventListener("abort", () => giveUp(cancelled()), { signal: finished.signal });
    const timer = setTimeout(() => giveUp(tooSlow(input)), this.timeLimitMs);
    // A small file can unpack to more than the machine has, which would end the process, and after a restart again.
    const sizeBefore = process.memoryUsage.rss();
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - sizeBefore > this.mostGrowth) giveUp(tooMuch(input));
    }, LOOK_EVERY_MS);
    try {
      const { path, size, truncated } = input;
      // A copy of its own: the bytes may be a window on a much larger buffer, which would be sent along.
      const bytes = input.bytes.slice();
      const request: ReadRequest = { path, bytes, size, truncated };
      worker.postMessage(request, [bytes.buffer]);
      return await promise;
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      finished.abort();
      worker.off("message", resolve).off("error", failed).off("exit", ended);
    }
  }
}

function cancelled(): CancelledError {
  return new CancelledError("Reading was stopped.");
}

function tooSlow(input: DocumentInput): ItemError {
  return new ItemError(`${shownName(input.path)} takes too long to read.`, {
    action: "Split it into smaller files, or leave it out.",
  });
}

function tooMuch(input: DocumentInput): ItemError {
  return new ItemError(`${shownName(input.path)} needs more than this computer has to be read.`, {
    action: "Split it into smaller files, or leave it out.",
  });
}

function brokenThread(error: unknown): PermanentError {
  return new PermanentError(`The thread that reads documents has failed: ${messageOf(error)}`, {
    action: "Start Stoneturner again; if it stays so, install it anew.",
  });
}
