/** The one outgoing HTTP client. Every integration asks its provider through it. */
import { AuthError, RateLimitedError } from "@/core/models/errors";
import { attempt, type Outcome } from "./attempt";
import { buildRequest, type Proof, proofOf } from "./build-request";
import { decideRetry, DEFAULT_POLICY, type Failure, type RetryDecision } from "./retry-decision";
import { createHttpShared } from "./shared";
import type { AnyRequest, HttpAnswer, HttpClient, HttpClientOptions, HttpShared } from "./types";

const accepts = { json: "application/json", text: "text/*, */*;q=0.5", bytes: "*/*" };

/** A client for one credential. Everything it remembers is in what it is handed. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const shared = options.shared ?? createHttpShared();
  const request = (asked: AnyRequest) => perform(asked, options, shared);
  // The overloads tie the data's type to `expect` and `schema`, which `dataOf` follows; TypeScript cannot see that.
  return { request: request as HttpClient["request"] };
}

async function perform(
  request: AnyRequest,
  options: HttpClientOptions,
  shared: HttpShared,
): Promise<HttpAnswer<unknown>> {
  const { clock } = shared;
  const built = buildRequest(request, { accept: accepts[request.expect], userAgent: shared.userAgent });
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  if (request.attempts !== undefined) policy.attempts = request.attempts;
  const began = clock.now();
  let refreshed = false;
  for (let number = 1; ;) {
    request.signal?.throwIfAborted();
    const credential = await proofOf(options.auth);
    const repeatable = policy.attempts > 1;
    const outcome: Outcome = await attempt(
      { request, built, number, credential, repeatable },
      options,
      shared,
    );
    if ("answer" in outcome) return outcome.answer;
    const { failure, queue } = outcome;
    if (failure.error instanceof AuthError && options.auth?.refresh !== undefined && !refreshed) {
      refreshed = true;
      await refreshOnce(credential, options, shared, request.signal);
      continue;
    }
    const state = { attempt: number, elapsedMs: clock.now() - began, random: clock.random() };
    const decision = decideRetry(failure, state, policy);
    pauseQueue(failure, decision, queue, options, shared);
    report(failure, decision, number, options);
    if (!decision.retry) throw failure.error;
    await clock.sleep(decision.waitMs, request.signal);
    number++;
  }
}

/** Renews the credential, unless somebody else did so while our request was under way. */
async function refreshOnce(
  used: Proof,
  options: HttpClientOptions,
  shared: HttpShared,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { auth, credentialKey } = options;
  const refresh = auth?.refresh;
  if (auth === undefined || refresh === undefined) return;
  const current = await proofOf(auth);
  if (JSON.stringify(current) !== JSON.stringify(used)) return;
  await shared.flights.run(credentialKey, () => refresh(used.headers), signal);
}

/** A rate limit holds for everyone of this queue, not only for the request that met it. */
function pauseQueue(
  { error }: Failure,
  decision: RetryDecision,
  queue: string,
  options: HttpClientOptions,
  shared: HttpShared,
): void {
  if (!(error instanceof RateLimitedError)) return;
  const until = decision.retry ? shared.clock.now() + decision.waitMs : error.retryAt.getTime();
  const added = shared.limiter.pause(queue, until);
  options.onPause?.(added);
}

function report(
  { error }: Failure,
  decision: RetryDecision,
  number: number,
  options: HttpClientOptions,
): void {
  const fields = { attempt: number, waitMs: decision.waitMs, reason: decision.reason, error: error.message };
  if (decision.retry) options.log.info("a request is tried again", fields);
  else options.log.debug("a request failed", fields);
}
