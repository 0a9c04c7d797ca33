/** Slows down whoever tries passwords: per address, and all addresses together. Bounded memory, none of it on disk. */
import { isIPv6 } from "node:net";
import { RateLimitedError } from "@/core/models/errors";

export interface LimiterOptions {
  /** Wrong passwords from one address before it has to wait. */
  perAddress: number;
  /** How long it waits then, and how long a wrong one is remembered, in milliseconds. */
  lockoutMs: number;
  /** Attempts of all addresses together within a minute. */
  perMinute: number;
  /** Addresses that are remembered. */
  addresses: number;
  now: () => number;
}

export interface LoginLimiter {
  /**
   * Counts an attempt before it is made, so that many at once gain nothing. Returns how long the answer to a wrong one
   * is to be held back, in milliseconds.
   *
   * @throws RateLimitedError when this address, or all together, have to wait.
   */
  begin: (address: string) => number;
  /** Forgets the address's attempts: the password was right. */
  succeed: (address: string) => void;
}

const defaults: LimiterOptions = {
  perAddress: 5,
  lockoutMs: 15 * 60_000,
  perMinute: 30,
  addresses: 10_000,
  now: () => Date.now(),
};

export function createLoginLimiter(given: Partial<LimiterOptions> = {}): LoginLimiter {
  const options = { ...defaults, ...given };
  const { perAddress, lockoutMs, perMinute, addresses, now } = options;
  const attempts = new Map<string, { count: number; until: number }>();
  let minute = { start: 0, count: 0 };
  return {
    begin: (address) => {
      const at = now();
      const key = networkOf(address);
      const known = attempts.get(key);
      const count = known === undefined || known.until <= at ? 0 : known.count;
      if (count >= perAddress) throw tooMany(known?.until ?? at);
      if (at - minute.start >= 60_000) minute = { start: at, count: 0 };
      if (minute.count >= perMinute) throw tooMany(minute.start + 60_000);
      minute.count++;
      attempts.delete(key);
      attempts.set(key, { count: count + 1, until: at + lockoutMs });
      const [oldest] = attempts.keys();
      if (attempts.size > addresses && oldest !== undefined) attempts.delete(oldest);
      return count === 0 ? 0 : Math.min(100 * 2 ** count, 1_000);
    },
    succeed: (address) => void attempts.delete(networkOf(address)),
  };
}

function tooMany(until: number): RateLimitedError {
  return new RateLimitedError("Too many wrong passwords.", new Date(until), {
    action:
      "Wait a while, or restart the server on its machine. Who forgot the password sets a new one there first: stoneturner password set",
  });
}

/** One network is one stranger: an IPv6 customer has 2^64 addresses. */
function networkOf(address: string): string {
  return isIPv6(address) ? address.split(":").slice(0, 4).join(":") : address;
}
