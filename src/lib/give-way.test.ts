import { expect, test } from "bun:test";
import { getPriority } from "node:os";
import { Worker } from "node:worker_threads";

test.if(process.platform === "linux")(
  "a thread gives way by itself, and the process stays as it is",
  async () => {
    const before = getPriority();
    const path = JSON.stringify(new URL("./give-way.ts", import.meta.url).href);
    const code = `const { giveWay } = await import(${path}); const { getPriority } = await import("node:os");
    const { parentPort } = await import("node:worker_threads"); giveWay(); parentPort.postMessage(getPriority(0));`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    const { promise, resolve } = Promise.withResolvers<unknown>();
    worker.on("message", resolve);
    expect(await promise).toBe(Math.max(before, 5));
    expect(getPriority()).toBe(before);
    await worker.terminate();
  },
);
