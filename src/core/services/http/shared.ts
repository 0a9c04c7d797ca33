import { type Clock, systemClock } from "./clock";
import { createLimiter } from "./limiter";
import { createSingleFlight } from "./single-flight";
import { type Resolve, systemResolve } from "./ssrf-guard";
import type { HttpShared } from "./types";
import { userAgent } from "./user-agent";

/** What the clients of one process share: pace, refreshes, time, names. Made once and handed to each client. */
export function createHttpShared(
  options: { clock?: Clock; resolve?: Resolve; ca?: string } = {},
): HttpShared {
  const clock = options.clock ?? systemClock;
  return {
    clock,
    limiter: createLimiter({ clock }),
    buckets: new Map(),
    flights: createSingleFlight(),
    resolve: options.resolve ?? systemResolve,
    userAgent: userAgent(),
    ca: options.ca,
  };
}
