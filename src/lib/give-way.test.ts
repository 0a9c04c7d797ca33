import { expect, test } from "bun:test";
import { getPriority } from "node:os";
import { Worker } from "node:worker_threads";

const path = JSON.stringify(new URL("./give-way.ts", import.meta.url).href);

/** Priorities of a thread that does `work`, and of one that it starts for the same. */
async function prioritiesFor(work: string): Promise<unknown> {
  const inner = `const { giveWay } = await import(${path}); const { getPriority } = await import("node:os");
    const { parentPort } = await import("node:worker_threads"); giveWay("${work}"); parentPort.postMessage(getPriority(0));`;
  const outer = `const { giveWay } = await import(${path}); const { getPriority } = await import("node:os");
    const { parentPort, Worker } = await import("node:worker_threads"); giveWay("${work}");
    const worker = new Worker(new URL("data:text/javascript,${encodeURIComponent(inner).replaceAll("'", "%27")}"));
    worker.on("message", (own) => parentPort.postMessage([getPriority(0), own]));`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(outer)}`));
  const { promise, resolve } = Promise.withResolvers<unknown>();
  worker.on("message", resolve);
  const priorities = await promise;
  await worker.terminate();
  return priorities;
}

test.if(process.platform === "linux")(
  "threads give way by as much as their work says, also from thread to thread, and the process stays as it is",
  async () => {
    const before = getPriority();
    const below = (steps: number) => Math.min(19, before + steps);
    expect(await prioritiesFor("answers")).toEqual([below(4), below(4)]);
    expect(await prioritiesFor("upkeep")).toEqual([below(10), below(10)]);
    expect(getPriority()).toBe(before);
  },
);
