/**
 * Discord shuts out an address that is refused (401, 403, 429) 10,000 times in ten minutes, so this stops long before.
 * Refusals of a limit that others share with the bot do not count
 * (https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
 */
import { RateLimitedError } from "@/core/models/errors";

const WINDOW_MS = 600_000;
const MOST_REFUSALS = 1_000;

export interface InvalidRequests {
  /** Takes note of an answer. */
  count: (status: number, scope: string | null) => void;
  /** @throws RateLimitedError until the window is over, once there were too many. */
  check: () => void;
}

export function createInvalidRequests(now: () => number = Date.now, most = MOST_REFUSALS): InvalidRequests {
  let began = 0;
  let refusals = 0;
  return {
    count(status, scope) {
      if (![401, 403, 429].includes(status) || scope === "shared") return;
      if (now() - began >= WINDOW_MS) [began, refusals] = [now(), 0];
      refusals++;
    },
    check() {
      if (refusals < most || now() - began >= WINDOW_MS) return;
      throw new RateLimitedError(
        `Discord refused ${refusals} requests within ten minutes; more could shut this machine out.`,
        new Date(began + WINDOW_MS),
        { action: "The sync goes on by itself. Check the bot's rights if this comes back." },
      );
    },
  };
}
