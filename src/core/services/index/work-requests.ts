/** What a working thread does with what is asked of it. Loaded by `work-thread-entry.ts` only. */
import { parentPort, workerData } from "node:worker_threads";
import { openWriter, type OpenDatabase } from "@/core/db/open";
import { Passing } from "@/lib/right-of-way";
import { DistilBatch } from "./distil-batch";
import type { WorkAnswer, WorkRequest, WorkThreadData } from "./work-thread-messages";

/**
 * Milliseconds of writing after which a transaction ends: other writers wait for it, while everything else goes on. A
 * batch of usual texts takes half of that, so that it does not end in a small transaction of its own.
 */
const STRETCH_MS = 100;

interface Pass {
  open: OpenDatabase;
  /** By the job that worked them out. */
  batches: Map<number, DistilBatch>;
}

// Only our own process starts this.
const { rightOfWay } = workerData as WorkThreadData;
const { letPass } = new Passing(rightOfWay);
const passes = new Map<number, Pass>();

function passOf({ pass, path }: { pass: number; path: string }): Pass {
  const known = passes.get(pass) ?? { open: openWriter(path), batches: new Map() };
  passes.set(pass, known);
  return known;
}

async function act(request: WorkRequest): Promise<WorkAnswer> {
  const { job } = request;
  if (request.what === "work out") {
    const { open, batches } = passOf(request);
    batches.set(job, await DistilBatch.workedOut(open.db, request.numbers, request.embed, letPass));
    return { job, failed: false };
  }
  if (request.what === "write") {
    const pass = [...passes.values()].find(({ batches }) => batches.has(request.batch));
    const part = await pass?.batches.get(request.batch)?.write(pass.open.db, STRETCH_MS, letPass);
    if (part?.isOver === true) pass?.batches.delete(request.batch);
    return { job, failed: part === undefined, part };
  }
  passes.get(request.pass)?.open.close();
  passes.delete(request.pass);
  return { job, failed: false };
}

/** What goes wrong here is done again in the process, which meets the same and says so. */
async function reply(request: WorkRequest): Promise<void> {
  const answer = await act(request).catch(() => ({ job: request.job, failed: true }));
  // A thread's port takes no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(answer);
}

/** Batches are worked out one after the other; writing comes in between. */
let last = Promise.resolve();

parentPort?.on("message", (request: WorkRequest) => {
  if (request.what === "write") void reply(request);
  else last = last.then(() => reply(request));
});
