import { describe, expect, test } from "bun:test";
import { retry, sleep } from "./retry";

const quick = { baseDelayMs: 1, maxDelayMs: 2 };
const reasonOf = (failing: Promise<unknown>) => failing.then(() => "it worked", String);

/** An operation that fails `times` times and then answers with the attempt's number. */
function failing(times: number) {
  let calls = 0;
  const operation = async (attempt: number) => {
    calls++;
    if (calls <= times) throw new Error(`failure ${calls}`);
    return attempt;
  };
  return { operation, calls: () => calls };
}

describe("retry", () => {
  test("gives the first success, and tells the attempt's number", async () => {
    expect(await retry(failing(0).operation, quick)).toBe(1);
    expect(await retry(failing(2).operation, quick)).toBe(3);
  });

  test("throws the last error itself when the attempts are used up", async () => {
    const { operation, calls } = failing(10);
    expect(await reasonOf(retry(operation, { ...quick, attempts: 3 }))).toBe("Error: failure 3");
    expect(calls()).toBe(3);
  });

  test("does not try again when the error is not worth it", async () => {
    const { operation, calls } = failing(10);
    const once = retry(operation, { ...quick, shouldRetry: (error) => !String(error).includes("failure 2") });
    expect(await reasonOf(once)).toBe("Error: failure 2");
    expect(calls()).toBe(2);
  });

  test("an abort ends the wait at once, with the signal's reason", async () => {
    const controller = new AbortController();
    const waiting = retry(failing(10).operation, {
      baseDelayMs: 600_000,
      maxDelayMs: 600_000,
      signal: controller.signal,
    });
    await sleep(5);
    controller.abort(new Error("stopped"));
    expect(await reasonOf(waiting)).toBe("Error: stopped");
  });

  test("does not begin when it is aborted already", async () => {
    const { operation, calls } = failing(0);
    expect(await reasonOf(retry(operation, { signal: AbortSignal.abort(new Error("stopped")) }))).toBe(
      "Error: stopped",
    );
    expect(calls()).toBe(0);
  });
});

describe("sleep", () => {
  test("waits about as long as it is told", async () => {
    const start = performance.now();
    await sleep(20);
    expect(performance.now() - start).toBeGreaterThanOrEqual(18);
  });

  test("rejects at once when it is aborted before or meanwhile", async () => {
    expect(await reasonOf(sleep(60_000, AbortSignal.abort(new Error("before"))))).toBe("Error: before");
    expect(await reasonOf(sleep(60_000, AbortSignal.timeout(5)))).toContain("Timeout");
  });

  test("takes its listener off the signal when it is over", async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
    signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
    for (let index = 0; index < 5; index++) await sleep(1, signal);
    expect(listeners).toBe(0);
  });
});
