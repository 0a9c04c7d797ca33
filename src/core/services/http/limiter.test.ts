import { describe, expect, test } from "bun:test";
import { RateLimitedError } from "@/core/models/errors";
import { sleep } from "@/lib/retry";
import type { Clock } from "./clock";
import { createLimiter, DEFAULT_LIMITS } from "./limiter";

const outcome = (job: Promise<unknown>) =>
  job.then(
    () => "done",
    (error: unknown) => error,
  );

/** Jobs that note when they start and how many run at once. */
function stopwatch(ms = 10) {
  const begun = performance.now();
  const starts: { name: string; at: number }[] = [];
  let running = 0;
  let most = 0;
  const job = (name: string) => async () => {
    starts.push({ name, at: performance.now() - begun });
    most = Math.max(most, ++running);
    await sleep(ms);
    running--;
  };
  return { job, starts, most: () => most, names: () => starts.map(({ name }) => name) };
}

/** Time that passes only while somebody waits, so that starts can be told to the millisecond on a busy machine. */
function manualTime(): { clock: Clock } {
  let now = 0;
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      await Bun.sleep(0);
      now += ms;
    },
    random: () => 0,
  };
  return { clock };
}

describe("pacing", () => {
  test("runs no more at once than allowed, in the order asked", async () => {
    const limiter = createLimiter();
    const watch = stopwatch();
    const names = ["a", "b", "c", "d", "e"];
    const limits = { concurrency: 2, spacingMs: 0 };
    await Promise.all(names.map((name) => limiter.run("host", limits, watch.job(name))));
    expect(watch.most()).toBe(2);
    expect(watch.names()).toEqual(names);
  });

  test("keeps starts apart, but not those of another host or credential", async () => {
    const time = manualTime();
    const limiter = createLimiter({ clock: time.clock });
    const at: Record<string, number> = {};
    const job = (name: string) => async () => void (at[name] = time.clock.now());
    const limits = { concurrency: 5, spacingMs: 40 };
    await Promise.all([
      ...["a", "b", "c"].map((name) => limiter.run("host ann", limits, job(name))),
      limiter.run("host bob", limits, job("bob")),
    ]);
    expect(at).toEqual({ a: 0, bob: 0, b: 40, c: 80 });
  });

  test("a failed job frees its slot", async () => {
    const limiter = createLimiter();
    const limits = { concurrency: 1, spacingMs: 0 };
    expect(await outcome(limiter.run("h", limits, () => Promise.reject(new Error("no"))))).toBeInstanceOf(
      Error,
    );
    expect(await limiter.run("h", limits, () => Promise.resolve(7))).toBe(7);
    expect(limiter.size()).toBe(0);
  });
});

describe("a pause", () => {
  test("holds everyone of the queue, also those who come later, and is never shortened", async () => {
    const limiter = createLimiter();
    const watch = stopwatch(1);
    limiter.pause("h", Date.now() + 80);
    limiter.pause("h", Date.now() + 10);
    const jobs = ["a", "b"].map((name) => limiter.run("h", DEFAULT_LIMITS, watch.job(name)));
    await sleep(30);
    jobs.push(limiter.run("h", DEFAULT_LIMITS, watch.job("c")));
    await Promise.all(jobs);
    expect(watch.names()).toEqual(["a", "b", "c"]);
    expect(watch.starts[0]?.at).toBeGreaterThanOrEqual(75);
  });

  test("that is long sends everyone away with the time to come back", async () => {
    const limiter = createLimiter();
    const until = Date.now() + 3_600_000;
    const busy = limiter.run("h", { concurrency: 1, spacingMs: 0 }, () => sleep(20));
    const waiting = outcome(limiter.run("h", { concurrency: 1, spacingMs: 0 }, () => sleep(1)));
    limiter.pause("h", until);
    const refused = [await waiting, await outcome(limiter.run("h", DEFAULT_LIMITS, () => sleep(1)))];
    for (const error of refused) {
      expect(error).toBeInstanceOf(RateLimitedError);
      expect(error instanceof RateLimitedError ? error.retryAt.getTime() : 0).toBe(until);
    }
    await busy;
  });
});

describe("an abort", () => {
  test("leaves the queue at once, without a slot and without holding up the others", async () => {
    const limiter = createLimiter();
    const limits = { concurrency: 1, spacingMs: 0 };
    const controller = new AbortController();
    const watch = stopwatch(30);
    const first = limiter.run("h", limits, watch.job("first"));
    const left = outcome(limiter.run("h", limits, watch.job("left"), controller.signal));
    const last = limiter.run("h", limits, watch.job("last"));
    controller.abort(new Error("stop"));
    expect(await left).toEqual(new Error("stop"));
    await Promise.all([first, last]);
    expect(watch.names()).toEqual(["first", "last"]);
  });

  test("of the only one who waits for a time leaves no timer behind", async () => {
    let sleeping = 0;
    const clock = {
      now: () => Date.now(),
      random: () => 0,
      sleep: (ms: number, signal?: AbortSignal) => {
        sleeping++;
        return sleep(ms, signal).finally(() => sleeping--);
      },
    };
    const limiter = createLimiter({ clock });
    const controller = new AbortController();
    limiter.pause("h", Date.now() + 30_000);
    const left = outcome(limiter.run("h", DEFAULT_LIMITS, () => sleep(1), controller.signal));
    expect(sleeping).toBe(1);
    controller.abort(new Error("stop"));
    await left;
    await sleep(1);
    expect(sleeping).toBe(0);
  });

  test("before the start never queues", async () => {
    const limiter = createLimiter();
    const run = limiter.run(
      "h",
      DEFAULT_LIMITS,
      () => Promise.resolve(1),
      AbortSignal.abort(new Error("stop")),
    );
    expect(await outcome(run)).toEqual(new Error("stop"));
    expect(limiter.size()).toBe(0);
  });
});
