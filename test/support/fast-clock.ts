import type { Clock } from "@/core/services/http/clock";
import { sleep } from "@/lib/retry";

/** A clock on which time runs `factor` times as fast, so that pauses of seconds pass in milliseconds. */
export function fastClock(factor = 200): Clock & { skip: (ms: number) => void } {
  const began = Date.now();
  let skipped = 0;
  return {
    now: () => began + skipped + (Date.now() - began) * factor,
    sleep: (ms, signal) => sleep(ms / factor, signal),
    random: () => Math.random(),
    /** Lets `ms` milliseconds pass at once. */
    skip: (ms) => void (skipped += ms),
  };
}
