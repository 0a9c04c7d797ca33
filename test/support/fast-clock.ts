import type { Clock } from "@/core/services/http/clock";
import { sleep } from "@/lib/retry";

/**
 * A clock whose pauses pass `factor` times as fast: seconds in milliseconds. Besides them its time passes as ours does, so
 * that a busy machine makes no hours of the seconds that a sync takes.
 */
export function fastClock(factor = 200): Clock & { skip: (ms: number) => void } {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  return {
    now,
    sleep: async (ms, signal) => {
      const end = now() + ms;
      await sleep(ms / factor, signal);
      // Pauses side by side are one: the first to end does not move the others on.
      ahead += Math.max(0, end - now());
    },
    random: () => Math.random(),
    /** Lets `ms` milliseconds pass at once. */
    skip: (ms) => void (ahead += ms),
  };
}
