import { describe, expect, test } from "bun:test";
import { CancelledError, ConflictError } from "@/core/models/errors";
import { sleep } from "@/lib/retry";
import { createTwoLanes, type Work } from "./two-lanes";

const quickMs = 20;
const lanes = (change: Partial<Parameters<typeof createTwoLanes>[0]> = {}) =>
  createTwoLanes({ quickMs, longestWaitMs: 60_000, longestQueue: 500, ...change });

/** Work that goes on until it is let go or stopped, and how often it began. */
function endless() {
  const letGo = Promise.withResolvers<string>();
  const state = { begun: 0, running: 0, letGo: () => letGo.resolve("done") };
  const work: Work<string> = async (signal, begun) => {
    state.begun++;
    state.running++;
    begun();
    const stopped = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => stopped.reject(new Error("stopped")));
    try {
      return await Promise.race([letGo.promise, stopped.promise]);
    } finally {
      state.running--;
    }
  };
  return { state, work };
}

const quick: Work<string> = async (_signal, begun) => {
  begun();
  await sleep(1);
  return "quick";
};

describe("two lanes", () => {
  test("let quick ones pass however many slow ones came before, and bring each slow one to its end", async () => {
    const { run } = lanes();
    const slow = Array.from({ length: 5 }, endless);
    const ends = slow.map(({ work }) => run(work));
    expect(await Promise.all([run(quick), run(quick)])).toEqual(["quick", "quick"]);
    expect(slow.map(({ state }) => state.begun)).toEqual([1, 1, 1, 1, 1]);
    expect(slow.reduce((sum, { state }) => sum + state.running, 0)).toBe(2 - 1);
    for (const { state } of slow) state.letGo();
    expect(await Promise.all(ends)).toEqual(slow.map(() => "done"));
    expect(slow.map(({ state }) => state.begun)).toEqual([1, 2, 2, 2, 2]);
  });

  test("do not stop a second slow one while nobody waits behind it", async () => {
    const { run } = lanes();
    const [first, second] = [endless(), endless()];
    const ends = [run(first.work), run(second.work)];
    await sleep(quickMs * 5);
    expect([first.state.running, second.state.running]).toEqual([1, 1]);
    // It has the lane of its own once the first has left it.
    first.state.letGo();
    await ends[0];
    expect(await run(quick)).toBe("quick");
    expect(second.state).toMatchObject({ begun: 1, running: 1 });
    second.state.letGo();
    expect(await ends[1]).toBe("done");
  });

  test("try one after the other, and count no time before something has really begun", async () => {
    const { run } = lanes();
    let running = 0;
    let most = 0;
    const late: Work<number> = async (_signal, begun) => {
      most = Math.max(most, ++running);
      await sleep(quickMs * 3);
      begun();
      return --running;
    };
    expect(await Promise.all([run(late), run(late), run(late)])).toEqual([0, 0, 0]);
    expect(most).toBe(1);
  });

  test("tell each caller what became of its own, and go on after what fails", async () => {
    const { run } = lanes();
    const failing: Work<never> = () => Promise.reject(new Error("broken"));
    const ends = await Promise.allSettled([run(failing), run(quick), run(failing), run(quick)]);
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected", "fulfilled"]);
  });

  test("do not begin anew what its caller has given up", async () => {
    const { run } = lanes();
    const [first, second] = [endless(), endless()];
    const givenUp = new AbortController();
    const firstEnd = run(first.work);
    const secondEnd = run(second.work, givenUp.signal);
    await run(quick);
    expect(second.state).toMatchObject({ begun: 1, running: 0 });
    givenUp.abort(new Error("given up"));
    first.state.letGo();
    await firstEnd;
    expect(await secondEnd.catch((error: unknown) => error)).toBeInstanceOf(CancelledError);
    expect(second.state).toMatchObject({ begun: 1, running: 0 });
  });

  test("refuse what waited too long, and at once what would wait behind too many", async () => {
    const { run } = lanes({ longestWaitMs: 10, longestQueue: 2, quickMs: 60_000 });
    const slow = endless();
    const first = run(slow.work);
    const waiting = [run(quick), run(quick)];
    expect(() => run(quick)).toThrow(ConflictError);
    await sleep(30);
    slow.state.letGo();
    expect(await first).toBe("done");
    const ends = await Promise.allSettled(waiting);
    expect(ends.map((end) => (end.status === "rejected" ? String(end.reason) : end.value))).toEqual(
      waiting.map(() => expect.stringContaining("Too many queries are waiting")),
    );
    expect(await run(quick)).toBe("quick");
  });
});
