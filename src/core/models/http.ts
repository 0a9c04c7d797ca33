/** What an integration may ask of its provider, and what it is answered. Types only; `services/http` does the work. */
import type { z } from "zod";
import type { StoneturnerError } from "./errors";

/** Pace of one host. */
export interface HostLimits {
  /** Requests under way at once. */
  concurrency: number;
  /** Least time between the starts of two requests, in milliseconds. */
  spacingMs: number;
}

export interface Timeouts {
  /** Until the headers of the answer are there: connecting, TLS, sending, thinking. Milliseconds, as all here. */
  headersMs: number;
  /** Between two chunks of the body. */
  idleMs: number;
  /** The whole hop. */
  totalMs: number;
}

export interface RetryPolicy {
  /** Attempts in all, the first included. */
  attempts: number;
  /** Ceiling of the first wait without a hint, in milliseconds; doubles each time, with full jitter. */
  baseDelayMs: number;
  /** Longest wait without a hint. */
  maxDelayMs: number;
  /** Waits longer than this are not sat out: the run parks instead. */
  parkAfterMs: number;
  /** Time that all attempts and waits of one request may take together. */
  maxElapsedMs: number;
}

/** How requests prove who they are. Neither function is handed a secret by the client, nor does it keep one. */
export interface HttpAuth {
  /** Headers for the next attempt; asked again before every attempt, so a token renewed meanwhile is used. */
  headers: () => Promise<Record<string, string>>;
  /** Query fields for the next attempt, for providers that take their key there. */
  query?: () => Promise<Record<string, string>>;
  /**
   * Renews what `headers` gives, and stores it. Called after a 401, once at a time per credential, with the headers
   * that were refused: another process may have renewed them since, and what it stored is not to be renewed again.
   * Throws AuthError when only a person can help; leaves everything as it was when it fails otherwise.
   */
  refresh?: (refused: Record<string, string>) => Promise<void>;
}

export type QueryValue = string | number | boolean | undefined | readonly (string | number)[];

export interface HttpRequest {
  /** Default GET. */
  method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string | URL;
  headers?: Record<string, string>;
  /** Added to the URL; lists are repeated, undefined is left out. */
  query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as a form. */
  form?: Readonly<Record<string, string>>;
  /** Sent as it is; name its content type in `headers`. */
  body?: string | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal;
  /** Largest answer taken, in bytes, unpacked. Default 32 MiB. */
  maxBytes?: number;
  timeouts?: Partial<Timeouts>;
  /** Attempts in all. 1 for requests that must not be sent twice. Default: the client's policy. */
  attempts?: number;
  /**
   * For providers that limit each route by itself: requests to the same route and place (a channel's id, say) go one
   * at a time and heed each other's limits, and only theirs.
   */
  bucket?: { route: string; place: string };
}

export type JsonRequest<Output> = HttpRequest & { expect: "json"; schema: z.ZodType<Output> };
export type LooseJsonRequest = HttpRequest & { expect: "json"; schema?: undefined };
export type TextRequest = HttpRequest & { expect: "text" };
export type BytesRequest = HttpRequest & { expect: "bytes" };
export type AnyRequest = JsonRequest<unknown> | LooseJsonRequest | TextRequest | BytesRequest;

export interface HttpAnswer<Data> {
  status: number;
  headers: Headers;
  /** Where the answer came from after redirects. */
  url: string;
  data: Data;
}

export interface HttpClient {
  /**
   * One request with everything around it: pace, budget, credential, address check, redirects, time and size limits,
   * repeats. Rejects with the errors of `core/models/errors` and `http/errors`, or with the signal's reason.
   */
  request: {
    <Output>(request: JsonRequest<Output>): Promise<HttpAnswer<Output>>;
    (request: LooseJsonRequest): Promise<HttpAnswer<unknown>>;
    (request: TextRequest): Promise<HttpAnswer<string>>;
    (request: BytesRequest): Promise<HttpAnswer<Uint8Array>>;
  };
}

/** What an integration says of the client it wants; the core adds pace shared by all, address checks and counting. */
export interface ProviderHttpOptions {
  auth?: HttpAuth | undefined;
  /** Limits by host; `*` for all others. */
  hostLimits?: Readonly<Record<string, HostLimits>>;
  /** Requests that the provider grants in a UTC day; counted across restarts. */
  requestsPerDay?: number;
  /**
   * Who shares pace, pauses and the daily count, where that is not the account alone: the address of a customer's API,
   * say. Not a secret. Default: the account.
   */
  sharedBy?: string;
  timeouts?: Partial<Timeouts>;
  policy?: Partial<RetryPolicy>;
  /**
   * Looks at every JSON answer, also those with status 200, and says what error it is in truth, if any. Return a
   * RateLimitedError, AuthError and so on; undefined leaves the decision to the status.
   */
  errorInBody?: (answer: JsonAnswer) => StoneturnerError | undefined;
}

export interface JsonAnswer {
  status: number;
  headers: Headers;
  json: unknown;
  /** The client's clock, epoch milliseconds. */
  now: number;
}
