import type { MiddlewareHandler } from "hono";
import { RateLimitedError } from "@/core/models/errors";
import type { HttpEnv } from "./request-log";

export interface RateLimits {
  /** Requests a minute that one token, or the owner, may make in the long run. */
  perMinute: number;
  /** Callers that are remembered. */
  callers?: number;
  now?: () => number;
}

/**
 * Bounds what one token may ask, whatever it asks: a quarter of a minute's requests at once, the rest in an even pace.
 * Whoever is on this machine while no login is set up is not bounded: they could as well stop the program.
 */
export function rateLimit({
  perMinute,
  callers = 10_000,
  now = Date.now,
}: RateLimits): MiddlewareHandler<HttpEnv> {
  const burst = Math.max(1, perMinute / 4);
  const perMs = perMinute / 60_000;
  const buckets = new Map<string, { left: number; at: number }>();
  return async (c, next) => {
    const caller = c.get("caller");
    if (caller === undefined || caller.kind === "local") return next();
    const at = now();
    const known = buckets.get(caller.actor);
    const left = known === undefined ? burst : Math.min(burst, known.left + (at - known.at) * perMs);
    // Who asked last is kept longest; a forgotten one starts full, as it would after a minute's rest.
    buckets.delete(caller.actor);
    buckets.set(caller.actor, { left: Math.max(0, left - 1), at });
    const [oldest] = buckets.keys();
    if (buckets.size > callers && oldest !== undefined) buckets.delete(oldest);
    if (left >= 1) return next();
    throw new RateLimitedError("This token asks too often.", new Date(Date.now() + (1 - left) / perMs), {
      action: "Wait as long as Retry-After says, and go on more slowly.",
    });
  };
}
