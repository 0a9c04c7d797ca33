export interface RetryOptions {
  /** Attempts in all, the first included. Default 4. */
  attempts?: number;
  /** Wait before the second attempt, in milliseconds; doubles each time, with full jitter. Default 500. */
  baseDelayMs?: number;
  /** Longest wait between two attempts, in milliseconds. Default 30,000. */
  maxDelayMs?: number;
  /** Says whether an error is worth another attempt. Default: every error is. */
  shouldRetry?: (error: unknown, attempt: number) => boolean;
  signal?: AbortSignal;
}

/**
 * Calls `operation` until it succeeds or its attempts are used up, then throws the last error itself.
 * An abort ends the wait at once and throws the signal's reason.
 */
export async function retry<Result>(
  operation: (attempt: number) => Promise<Result>,
  options: RetryOptions = {},
): Promise<Result> {
  const { attempts = 4, baseDelayMs = 500, maxDelayMs = 30_000, shouldRetry = () => true, signal } = options;
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await operation(attempt);
    } catch (error) {
      if (attempt >= attempts || signal?.aborted === true || !shouldRetry(error, attempt)) throw error;
    }
    const ceiling = Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1));
    await sleep(Math.random() * ceiling, signal);
  }
}

/** Waits `ms` milliseconds; rejects with the signal's reason when it is aborted meanwhile. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
