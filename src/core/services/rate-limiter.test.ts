import { expect, test } from "bun:test";
import { aiGatewayBottleneck, createBottleneck } from "./rate-limiter";

test("a job's result and its error reach whoever asked for it", async () => {
  const bottleneck = createBottleneck({ concurrency: 1, spacingMs: 1 });
  const failing = bottleneck.schedule(() => Promise.reject(new Error("refused")));
  expect(await failing.then(() => "it worked", String)).toBe("Error: refused");
  expect(await bottleneck.schedule(async () => 7)).toBe(7);
});

test("no more jobs run at once than allowed", async () => {
  const bottleneck = createBottleneck({ concurrency: 2, spacingMs: 1 });
  let running = 0;
  let most = 0;
  const job = async () => {
    most = Math.max(most, ++running);
    await Bun.sleep(15);
    running--;
  };
  await Promise.all(Array.from({ length: 8 }, () => bottleneck.schedule(job)));
  expect(most).toBe(2);
});

test("jobs start no closer together than the spacing", async () => {
  const bottleneck = createBottleneck({ concurrency: 10, spacingMs: 30 });
  const starts: number[] = [];
  const job = async () => void starts.push(performance.now());
  await Promise.all(Array.from({ length: 4 }, () => bottleneck.schedule(job)));
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  // Timers may fire a little early.
  expect(Math.min(...gaps)).toBeGreaterThan(20);
});

test("what somebody waits for does not wait for what takes its time", async () => {
  const bottleneck = createBottleneck({ concurrency: 2, spacingMs: 1 });
  const end = Promise.withResolvers<void>();
  const slow = Array.from({ length: 3 }, () => bottleneck.schedule(() => end.promise));
  expect(await bottleneck.schedule(async () => "answer", true)).toBe("answer");
  end.resolve();
  await Promise.all(slow);
});

test("the gate for models takes whatever returns a promise", async () => {
  expect(await aiGatewayBottleneck.schedule(async () => "answer")).toBe("answer");
});
