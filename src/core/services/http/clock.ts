import { sleep } from "@/lib/retry";

/** Time and chance as the client sees them; tests hand in their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now: () => number;
  /** Waits; rejects with the signal's reason when aborted. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 (inclusive) to 1, for jitter. */
  random: () => number;
}

export const systemClock: Clock = { now: () => Date.now(), sleep, random: () => Math.random() };
