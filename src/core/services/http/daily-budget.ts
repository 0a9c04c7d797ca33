/** How many requests a day a provider grants; the count outlives the program. */
import { RateLimitedError } from "@/core/models/errors";
import { type Clock, systemClock } from "./clock";

/** Where the count is kept. `day` is `YYYY-MM-DD`, UTC. */
export interface RequestCounter {
  read: (day: string) => Promise<number>;
  /** Adds, and gives the new count of that day. */
  add: (day: string, requests: number) => Promise<number>;
}

export interface DailyBudget {
  /**
   * Takes one request out of today's budget.
   * @throws RateLimitedError until the next UTC midnight when it is used up.
   */
  take: () => Promise<void>;
}

export function createDailyBudget(options: {
  requestsPerDay: number;
  counter: RequestCounter;
  clock?: Clock;
}): DailyBudget {
  const { requestsPerDay, counter, clock = systemClock } = options;
  return {
    async take() {
      const now = new Date(clock.now());
      const day = now.toISOString().slice(0, 10);
      const used = await counter.read(day);
      if (used < requestsPerDay && (await counter.add(day, 1)) <= requestsPerDay) return;
      const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
      throw new RateLimitedError(`Today's ${requestsPerDay} requests to this source are used up.`, midnight, {
        action: "The sync goes on by itself tomorrow (UTC).",
      });
    },
  };
}
