/** What the status of an answer means for the sync. Pure. */
import { AuthError, RateLimitedError, type StoneturnerError, TransientError } from "@/core/models/errors";
import { ForbiddenError, MissingError, RequestRefusedError, UnchangedError } from "./errors";
import type { Failure } from "./retry-decision";
import { retryHint, saysExhausted, waitHint } from "./wait-hints";

/** When to come back after a refusal that does not say. */
const WAIT_UNSAID_MS = 60_000;

export interface Refusal {
  status: number;
  headers: Headers;
  /** "GET api.example.com/v1/pages": what was asked, without secrets. */
  asked: string;
  /** The provider's words, cleaned; "" when there are none. */
  detail: string;
  /** False when another origin than the account's answered: it has no say about the credential. */
  sameOrigin: boolean;
  /** Epoch milliseconds. */
  now: number;
}

/** The failure that a status stands for; undefined for success. */
export function failureOf(refusal: Refusal): Failure | undefined {
  const { status, headers, detail, sameOrigin, now } = refusal;
  if (status >= 200 && status < 300) return undefined;
  const hasTrouble = status >= 500 && !saysExhausted(headers);
  const waitMs = hasTrouble ? retryHint(headers, now) : waitHint(headers, now);
  const message = `${refusal.asked} was answered with ${status}${detail === "" ? "." : `: ${detail}`}`;
  if (asksToWait(status, headers, waitMs)) return limited(message, waitMs, now);
  if (status >= 500 || status === 408 || status === 425) return { error: new TransientError(message) };
  return { error: refused(message, status, detail, sameOrigin) };
}

/** A failure from an error that was found in a body, or thrown on the way. */
export function failureFrom(error: StoneturnerError, now: number): Failure {
  if (!(error instanceof RateLimitedError)) return { error };
  return { error, waitMs: Math.max(0, error.retryAt.getTime() - now) };
}

/** 429 always; 403 when its headers speak of a limit; 5xx (503, 529 …) when they name a time. */
function asksToWait(status: number, headers: Headers, waitMs: number | undefined): boolean {
  if (status === 429) return true;
  if (status === 403) return saysExhausted(headers) || headers.has("retry-after");
  return status >= 500 && waitMs !== undefined;
}

function limited(message: string, waitMs: number | undefined, now: number): Failure {
  const retryAt = new Date(now + (waitMs ?? WAIT_UNSAID_MS));
  return { error: new RateLimitedError(message, retryAt), waitMs };
}

function refused(message: string, status: number, detail: string, sameOrigin: boolean): StoneturnerError {
  const options = { status, detail };
  if (status === 401 && sameOrigin) return new AuthError(message, { action: "Reconnect the account." });
  if (status === 403) {
    const action = "Check that the account's credential may read this.";
    return new ForbiddenError(message, { ...options, action });
  }
  if (status === 304) return new UnchangedError(message, options);
  if (status === 404 || status === 410) return new MissingError(message, options);
  const action = "Check the account's settings; if they are right, the source's API may have changed.";
  return new RequestRefusedError(message, { ...options, action });
}
