/** What a provider's headers say about waiting. Pure: header text in, milliseconds out. */

/** Longest wait that is believed: nobody parks for ten years. */
export const LONGEST_HINT_MS = 24 * 3_600_000;

const resetHeaders = [
  "x-ratelimit-reset",
  "x-rate-limit-reset",
  "ratelimit-reset",
  "x-ratelimit-reset-requests",
];
const remainingHeaders = ["x-ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-remaining"];

/**
 * Milliseconds that a refusing answer asks to wait, at most a day; undefined when it gives no usable hint (absent,
 * junk, zero, in the past). `now` is the local clock; the answer's own `Date` is preferred for absolute times.
 */
export function waitHint(headers: Headers, now: number): number | undefined {
  const serverNow = httpDate(headers.get("date")) ?? now;
  const reset = () =>
    usable(number(headers.get("x-ratelimit-reset-after"), 1_000)) ?? usable(resetWait(headers, serverNow));
  return retryHint(headers, now) ?? reset();
}

/** The same from `Retry-After` alone: where the window of a limit ends says nothing of an answer that met none. */
export function retryHint(headers: Headers, now: number): number | undefined {
  const serverNow = httpDate(headers.get("date")) ?? now;
  return (
    usable(number(headers.get("retry-after-ms"), 1)) ??
    usable(retryAfter(headers.get("retry-after"), serverNow))
  );
}

/** The wait until the next window, when the answer says that nothing is left of this one. */
export function exhaustedWait(headers: Headers, now: number): number | undefined {
  return saysExhausted(headers) ? waitHint(headers, now) : undefined;
}

/** True when a header says that no request is left. */
export function saysExhausted(headers: Headers): boolean {
  if (remainingHeaders.some((name) => (number(headers.get(name), 1) ?? 1) <= 0)) return true;
  return /\b(?:r|remaining)=0\b/.test(headers.get("ratelimit") ?? "");
}

function usable(ms: number | undefined): number | undefined {
  return ms === undefined || ms <= 0 ? undefined : Math.min(ms, LONGEST_HINT_MS);
}

/** Seconds (also with a fraction), or an HTTP date measured against the server's own clock. */
function retryAfter(text: string | null, serverNow: number): number | undefined {
  const seconds = number(text, 1_000);
  if (seconds !== undefined) return seconds;
  const date = httpDate(text);
  return date === undefined ? undefined : date - serverNow;
}

/** Providers write the reset as epoch seconds, epoch milliseconds, seconds from now, or a date. */
function resetWait(headers: Headers, serverNow: number): number | undefined {
  const text = resetHeaders.map((name) => headers.get(name)).find((value) => value !== null) ?? null;
  const value = number(text, 1);
  if (value === undefined) {
    const date = httpDate(text);
    return date === undefined ? draftReset(headers.get("ratelimit")) : date - serverNow;
  }
  if (value > 1e11) return value - serverNow;
  if (value > 1e9) return value * 1_000 - serverNow;
  return value * 1_000;
}

/** `RateLimit: "default";r=0;t=30` of the current draft, or `reset=30` of the older one: seconds from now. */
function draftReset(text: string | null): number | undefined {
  return number(/\b(?:t|reset)=(\d{1,9})\b/.exec(text ?? "")?.[1] ?? null, 1_000);
}

function number(text: string | null, unit: number): number | undefined {
  const trimmed = text?.trim() ?? "";
  return /^-?\d{1,20}(?:\.\d{1,20})?$/.test(trimmed) ? Number(trimmed) * unit : undefined;
}

/** `Date.parse` takes far too much for a date; only texts in the shape of one are handed to it. */
function httpDate(text: string | null): number | undefined {
  const trimmed = text?.trim() ?? "";
  if (!/^(?:[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}.*|\d{4}-\d{2}-\d{2}T.*)$/.test(trimmed)) return undefined;
  const time = Date.parse(trimmed);
  return Number.isNaN(time) ? undefined : time;
}
