import { expect, test } from "bun:test";
import { Worker } from "node:worker_threads";
import { nextTurn } from "./next-turn";
import { RightOfWay } from "./right-of-way";

const path = JSON.stringify(new URL("./right-of-way.ts", import.meta.url).href);

/** A thread that counts pieces of work, and lets pass what has right of way between them. */
async function worker(way: RightOfWay) {
  const steps = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const script = `const { Passing } = await import(${path}); const { workerData } = await import("node:worker_threads");
    const { letPass } = new Passing(workerData.way); const steps = new Int32Array(workerData.steps);
    for (;;) { letPass(); Atomics.add(steps, 0, 1); }`;
  const entry = new URL(`data:text/javascript,${encodeURIComponent(script)}`);
  const thread = new Worker(entry, { workerData: { way: way.shared, steps: steps.buffer } });
  const done = () => Atomics.load(steps, 0);
  const works = async (from = done()) => {
    while (done() === from) await nextTurn();
  };
  await works(0);
  return { works, [Symbol.asyncDispose]: async () => void (await thread.terminate()) };
}

/** Resolves once a thread waits. Waking it is harmless: it looks again whether it may go on. */
async function someoneWaits({ shared }: RightOfWay): Promise<void> {
  while (Atomics.notify(new Int32Array(shared), 0) === 0) await nextTurn();
}

const underWay = ({ shared }: RightOfWay) => Atomics.load(new Int32Array(shared), 0);

test("background threads wait while something is under way, and go on once it is over", async () => {
  const way = new RightOfWay();
  await using one = await worker(way);
  await using two = await worker(way);
  await way.during(() => someoneWaits(way));
  await one.works();
  await two.works();
});

test("they go on beside what never ends, and wait again and again", async () => {
  const way = new RightOfWay();
  await using thread = await worker(way);
  await way.during(async () => {
    for (let time = 0; time < 3; time++) {
      await someoneWaits(way);
      await thread.works();
    }
  });
});

test("what ends badly holds nobody up, and several are over when the last is", async () => {
  const way = new RightOfWay();
  await using thread = await worker(way);
  const last = Promise.withResolvers<void>();
  const passing = way.during(() => last.promise);
  const failed = way.during(() => Promise.reject(new Error("no")));
  expect(await failed.catch(String)).toBe("Error: no");
  const thrown = way.during(() => {
    throw new Error("at once");
  });
  expect(await thrown.catch(String)).toBe("Error: at once");
  expect(underWay(way)).toBe(1);
  await someoneWaits(way);
  last.resolve();
  await passing;
  expect(underWay(way)).toBe(0);
  await thread.works();
});
