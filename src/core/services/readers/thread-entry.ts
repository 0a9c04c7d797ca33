/** Entry point of the reading thread: one message in, one message out. Started by `ReaderThread` only. */
import { parentPort } from "node:worker_threads";
import { ItemError, messageOf } from "@/core/models/errors";
import { readFile } from "./read-file";
import { requestSchema, type ReadAnswer } from "./thread-messages";

async function answer(data: unknown): Promise<ReadAnswer> {
  // The thread is ended from outside when the work is called off.
  const input = { ...requestSchema.parse(data), signal: new AbortController().signal };
  try {
    return { outcome: "read", document: await readFile(input) };
  } catch (error) {
    if (!(error instanceof ItemError)) throw error;
    const { message, action, cause } = error;
    return {
      outcome: "refused",
      message,
      ...(action === undefined ? {} : { action }),
      ...(cause === undefined ? {} : { cause: messageOf(cause) }),
    };
  }
}

/** An answer that fails is no answer: the error ends the thread, and `ReaderThread` reports it. */
async function reply(data: unknown): Promise<void> {
  // A thread's port takes no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(await answer(data));
}

parentPort?.on("message", (data: unknown) => void reply(data));
