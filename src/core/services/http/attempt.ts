/** One attempt of a request: credential, pace, budget, sending, and what the answer means. */
import { StoneturnerError, TransientError } from "@/core/models/errors";
import { detailOf, secretsIn } from "./answer-text";
import {
  type BuiltRequest,
  type Proof,
  withCredential,
  withoutCredential,
  withoutCredentialIn,
} from "./build-request";
import { failureFrom, failureOf } from "./classify";
import { checkShape, decodeJson, decodeText } from "./decode";
import { pathTemplate } from "./ledger";
import type { HostLimits } from "@/core/models/http";
import { DEFAULT_LIMITS } from "./limiter";
import { BlockedAddressError, UnchangedError } from "./errors";
import type { Failure } from "./retry-decision";
import { DEFAULT_TIMEOUTS } from "./send-hop";
import { learnBucket, limitedQueue, type Queues, queuesOf } from "./queues";
import { isAllowed } from "./ssrf-guard";
import { send, type TransportAnswer } from "./transport";
import type { AnyRequest, HttpAnswer, HttpClientOptions, HttpShared } from "./types";
import { exhaustedWait } from "./wait-hints";

const DEFAULT_MAX_BYTES = 32 * 1_024 * 1_024;

export interface Attempt {
  request: AnyRequest;
  built: BuiltRequest;
  /** From 1. */
  number: number;
  credential: Proof;
  /** Off when the request must not be sent twice. */
  repeatable: boolean;
}

/** `queue` is the one that a limit holds for. */
export type Outcome = { answer: HttpAnswer<unknown> } | { failure: Failure; queue: string };

const ONE_AT_A_TIME: HostLimits = { concurrency: 1, spacingMs: 0 };

/** Never rejects but with the reason of an abort, or for a fault of the program. */
export async function attempt(
  one: Attempt,
  options: HttpClientOptions,
  shared: HttpShared,
): Promise<Outcome> {
  const { built, request } = one;
  const limits: HostLimits =
    options.hostLimits?.[built.url.host] ?? options.hostLimits?.["*"] ?? DEFAULT_LIMITS;
  const queues = queuesOf(built.url, request, options, shared.buckets);
  const { host, bucket } = queues;
  try {
    const asked = shared.clock.now();
    const job = () => sendAndJudge(one, queues, asked, options, shared);
    const inHost = () => shared.limiter.run(host, limits, job, request.signal);
    if (bucket === undefined) return await inHost();
    return await shared.limiter.run(bucket, ONE_AT_A_TIME, inHost, request.signal);
  } catch (error) {
    if (request.signal?.aborted === true) throw request.signal.reason;
    if (!(error instanceof StoneturnerError)) throw error;
    return { failure: failureFrom(error, shared.clock.now()), queue: bucket ?? host };
  }
}

/** Holds a slot of the queue, wanted since `asked`. The request is in the ledger whatever comes of it. */
async function sendAndJudge(
  one: Attempt,
  waitedIn: Queues,
  asked: number,
  options: HttpClientOptions,
  shared: HttpShared,
): Promise<Outcome> {
  await options.budget?.take();
  const { clock } = shared;
  const began = clock.now();
  let answer: TransportAnswer | undefined;
  let error: string | undefined = "aborted";
  try {
    answer = await transmit(one, options, shared);
    learnBucket(one.built.url, one.request, answer.headers, shared.buckets);
    const outcome = judge(one, answer, options, shared);
    const failed = "failure" in outcome && !(outcome.failure.error instanceof UnchangedError);
    error = failed ? outcome.failure.error.code : undefined;
    heedRemaining(answer, waitedIn, one, options, shared);
    return outcome;
  } catch (thrown) {
    if (thrown instanceof StoneturnerError) error = thrown.code;
    throw thrown;
  } finally {
    options.ledger?.record({
      at: new Date(began).toISOString(),
      method: one.built.method,
      host: one.built.url.host,
      path: pathTemplate(one.built.url),
      status: answer?.status,
      waitedMs: began - asked,
      ms: clock.now() - began,
      bytes: answer?.body.byteLength ?? 0,
      attempt: one.number,
      error,
    });
  }
}

async function transmit(
  one: Attempt,
  options: HttpClientOptions,
  shared: HttpShared,
): Promise<TransportAnswer> {
  const { request } = one;
  refuseOpenCredential(one, options);
  return send(withCredential(one.built, one.credential), one.number, {
    guard: { resolve: shared.resolve, allowedPrivateHosts: options.allowedPrivateHosts ?? [] },
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts, ...request.timeouts },
    maxBytes: request.maxBytes ?? DEFAULT_MAX_BYTES,
    ca: shared.ca,
    keepalive: one.repeatable,
    signal: request.signal,
  });
}

/** A key is not sent where everyone on the way can read it, unless the operator vouches for the host. */
function refuseOpenCredential({ built, credential }: Attempt, options: HttpClientOptions): void {
  if (built.url.protocol === "https:" || valuesIn(credential).length === 0) return;
  if (isAllowed(built.url, options.allowedPrivateHosts ?? [])) return;
  throw new BlockedAddressError(
    `The address of ${built.url.host} is not encrypted; the account's key stays here.`,
    {
      action: "Use its https address.",
    },
  );
}

function judge(
  one: Attempt,
  answer: TransportAnswer,
  options: HttpClientOptions,
  shared: HttpShared,
): Outcome {
  const now = shared.clock.now();
  const queues = queuesOf(one.built.url, one.request, options, shared.buckets);
  const queue = limitedQueue(queues, answer.headers);
  const asked = askedOf(one.built);
  const hidden =
    options.errorInBody === undefined ? undefined : errorInBody(answer, options.errorInBody, now);
  if (hidden !== undefined) return { failure: failureFrom(hidden, now), queue };
  const detail = detailOf(answer.headers, answer.body, secretsOf(one));
  const failure = failureOf({ ...answer, asked, detail, now });
  if (failure !== undefined) return { failure, queue };
  const { status } = answer;
  const headers = withoutCredentialIn(answer.headers, one.credential);
  const url = withoutCredential(answer.url, one.credential);
  return { answer: { status, headers, url: url.href, data: dataOf(one.request, answer, asked) } };
}

/** What a provider may repeat in its answer and nobody may read there. */
function secretsOf({ request, credential }: Attempt): string[] {
  const given = Object.entries({ ...request.headers, ...request.form });
  const secret = given.filter(([name]) => /auth|key|token|secret|cookie|pass|code/i.test(name));
  return secretsIn([...secret.map(([, value]) => value), ...valuesIn(credential)]);
}

function valuesIn({ headers, query }: Proof): string[] {
  return [...Object.values(headers), ...Object.values(query)];
}

function dataOf(request: AnyRequest, answer: TransportAnswer, asked: string): unknown {
  if (request.expect === "bytes") return answer.body;
  if (request.expect === "text") return decodeText(answer);
  const json = decodeJson(answer, asked);
  return request.schema === undefined ? json : checkShape(json, request.schema, asked);
}

/** What was asked, for messages: no query values, no ids. */
function askedOf({ method, url }: BuiltRequest): string {
  return `${method} ${url.host}${pathTemplate(url)}`;
}

function errorInBody(
  answer: TransportAnswer,
  look: NonNullable<HttpClientOptions["errorInBody"]>,
  now: number,
): StoneturnerError | undefined {
  if (!answer.sameOrigin) return undefined;
  let json: unknown;
  try {
    json = decodeJson(answer, "");
  } catch (error) {
    // Not JSON: the status and the decoding that follows say what it is.
    if (error instanceof TransientError) return undefined;
    throw error;
  }
  return look({ status: answer.status, headers: answer.headers, json, now });
}

/** An answer that says "none left" pauses the queue until the provider's next window. */
function heedRemaining(
  answer: TransportAnswer,
  waitedIn: Queues,
  one: Attempt,
  options: HttpClientOptions,
  shared: HttpShared,
): void {
  const now = shared.clock.now();
  const wait = answer.sameOrigin ? exhaustedWait(answer.headers, now) : undefined;
  if (wait === undefined) return;
  // Others may still wait under the name that the bucket had before this answer named it.
  const known = queuesOf(one.built.url, one.request, options, shared.buckets);
  const queues = [waitedIn, known].map((queues) => limitedQueue(queues, answer.headers));
  const added = [...new Set(queues)].map((queue) => shared.limiter.pause(queue, now + wait));
  options.onPause?.(Math.max(...added));
}
