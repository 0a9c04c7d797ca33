/** Discord's rate limits: a bucket for each route and place, one for all, and the count of refused requests. */
export interface LimitOptions {
  /** Requests a bucket takes in its window. */
  perBucket: number;
  windowMs: number;
  /** Requests a second of one bot, over all routes. */
  global: number;
}

export const generousLimits: LimitOptions = { perBucket: 10_000, windowMs: 1_000, global: 100_000 };

export interface Verdict {
  headers: Record<string, string>;
  /** Set when the request is refused. */
  refusal?: { retryAfter: number; scope: "user" | "global" };
}

/** Counts requests against the limits. Times are of the clock handed in. */
export function createLimits(
  options: LimitOptions,
  now: () => number,
): (route: string, major: string) => Verdict {
  const windows = new Map<string, { ends: number; left: number }>();
  const take = (key: string, limit: number, ms: number) => {
    const time = now();
    let window = windows.get(key);
    if (window === undefined || window.ends <= time) window = { ends: time + ms, left: limit };
    windows.set(key, window);
    const allowed = window.left > 0;
    if (allowed) window.left--;
    return { allowed, left: window.left, afterMs: window.ends - time, ends: window.ends };
  };
  return (route, major) => {
    const everyone = take("everyone", options.global, 1_000);
    if (!everyone.allowed)
      return { headers: {}, refusal: { retryAfter: everyone.afterMs / 1_000, scope: "global" } };
    const bucket = take(`${route} ${major}`, options.perBucket, options.windowMs);
    const headers = {
      "X-RateLimit-Limit": String(options.perBucket),
      "X-RateLimit-Remaining": String(bucket.left),
      "X-RateLimit-Reset": (bucket.ends / 1_000).toFixed(3),
      "X-RateLimit-Reset-After": (bucket.afterMs / 1_000).toFixed(3),
      "X-RateLimit-Bucket": new Bun.CryptoHasher("md5").update(route).digest("hex"),
    };
    if (bucket.allowed) return { headers };
    return { headers, refusal: { retryAfter: bucket.afterMs / 1_000, scope: "user" } };
  };
}

export function refused({ headers, refusal }: Verdict): Response | undefined {
  if (refusal === undefined) return undefined;
  const isGlobal = refusal.scope === "global";
  const body = { message: "You are being rate limited.", retry_after: refusal.retryAfter, global: isGlobal };
  return Response.json(body, {
    status: 429,
    headers: {
      ...headers,
      // The header holds whole seconds, the body the exact time.
      "Retry-After": String(Math.ceil(refusal.retryAfter)),
      "X-RateLimit-Scope": refusal.scope,
      ...(isGlobal ? { "X-RateLimit-Global": "true" } : {}),
    },
  });
}
