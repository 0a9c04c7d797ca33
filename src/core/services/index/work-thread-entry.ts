/** Entry point of the working thread: one message in, one message out. Started by `WorkThread` only. */
import { parentPort } from "node:worker_threads";
import { giveWay } from "@/lib/give-way";
import { workOutAll } from "./work-out";
import type { WorkAnswer, WorkRequest } from "./work-thread-messages";

/** One after the other: answers come in the order of the requests. */
let last = Promise.resolve();

async function reply({ job, rows, embed }: WorkRequest): Promise<void> {
  const answer: WorkAnswer = { job, done: await workOutAll(rows, embed) };
  // A thread's port takes no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(answer);
}

giveWay();
parentPort?.on("message", (request: WorkRequest) => {
  last = last.then(() => reply(request));
});
