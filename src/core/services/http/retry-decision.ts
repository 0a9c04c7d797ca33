/** Whether a failed request is worth another attempt, and when. Pure, so that every case can be read in its test. */
import { RateLimitedError, type StoneturnerError, TransientError } from "@/core/models/errors";
import type { RetryPolicy } from "@/core/models/http";

/** A failed attempt: what it means, and what the provider asks to wait. */
export interface Failure {
  error: StoneturnerError;
  /** Milliseconds the provider asks to wait; undefined when it does not say. */
  waitMs?: number | undefined;
}

export const DEFAULT_POLICY: RetryPolicy = {
  attempts: 6,
  baseDelayMs: 500,
  maxDelayMs: 30_000,
  parkAfterMs: 60_000,
  maxElapsedMs: 300_000,
};

export interface RetryDecision {
  retry: boolean;
  /** Milliseconds before the next attempt; 0 when there is none. */
  waitMs: number;
  /** Plain words for the log. */
  reason: string;
}

export interface RetryState {
  /** Attempts made so far, at least 1. */
  attempt: number;
  /** Milliseconds since the first attempt started. */
  elapsedMs: number;
  /** From 0 to 1, for jitter. */
  random: number;
}

/** Decides about one failed attempt. Waits that a provider asked for are never cut short, only lengthened a little. */
export function decideRetry(failure: Failure, state: RetryState, policy: RetryPolicy): RetryDecision {
  const { error, waitMs } = failure;
  if (!(error instanceof RateLimitedError) && !(error instanceof TransientError)) {
    return stop("another attempt would end the same way");
  }
  if (state.attempt >= policy.attempts) return stop(`${state.attempt} attempts are used up`);
  if (waitMs !== undefined && waitMs > policy.parkAfterMs) return stop("the source asks for a long wait");
  const wait = waitMs === undefined ? backoff(state, policy) : waitMs + jitter(waitMs, state.random);
  if (state.elapsedMs + wait > policy.maxElapsedMs) return stop("the time for this request is used up");
  const reason = waitMs === undefined ? "passing trouble" : "the source asks to wait";
  return { retry: true, waitMs: Math.ceil(wait), reason };
}

function stop(reason: string): RetryDecision {
  return { retry: false, waitMs: 0, reason };
}

function backoff({ attempt, random }: RetryState, policy: RetryPolicy): number {
  return random * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
}

/** Up to a tenth more, at most a second, so that not everyone comes back in the same instant. */
function jitter(waitMs: number, random: number): number {
  return random * Math.min(1_000, waitMs / 10);
}
