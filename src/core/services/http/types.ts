/** What the client takes and gives. */
import type { z } from "zod";
import type { StoneturnerError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { Clock } from "./clock";
import type { DailyBudget } from "./daily-budget";
import type { RequestLedger } from "./ledger";
import type { HostLimits, Limiter } from "./limiter";
import type { RetryPolicy } from "./retry-decision";
import type { Timeouts } from "./send-hop";
import type { SingleFlight } from "./single-flight";
import type { Resolve } from "./ssrf-guard";

/** What all clients of a process share, made once by `createHttpShared`. */
export interface HttpShared {
  limiter: Limiter;
  flights: SingleFlight;
  clock: Clock;
  resolve: Resolve;
  userAgent: string;
  /** PEM of certificate authorities to trust instead of the system's. */
  ca: string | undefined;
}

/** How requests prove who they are. Neither function is handed a secret by the client, nor does it keep one. */
export interface HttpAuth {
  /** Headers for the next attempt; asked again before every attempt, so a token renewed meanwhile is used. */
  headers: () => Promise<Record<string, string>>;
  /**
   * Renews what `headers` gives, and stores it. Called after a 401, once at a time per credential.
   * Throws AuthError when only a person can help; leaves everything as it was when it fails otherwise.
   */
  refresh?: () => Promise<void>;
}

export interface HttpClientOptions {
  /** Names the credential: requests that share it share pace, pauses and refreshes. Not a secret. */
  credentialKey: string;
  log: Logger;
  auth?: HttpAuth;
  /** Limits by host; `*` for all others. */
  hostLimits?: Readonly<Record<string, HostLimits>>;
  /** Private hosts (`host` or `host:port`) that the operator allows. */
  allowedPrivateHosts?: readonly string[];
  budget?: DailyBudget;
  ledger?: RequestLedger;
  timeouts?: Partial<Timeouts>;
  policy?: Partial<RetryPolicy>;
  /**
   * Looks at every JSON answer, also those with status 200, and says what error it is in truth, if any. Return a
   * RateLimitedError, AuthError and so on; undefined leaves the decision to the status.
   */
  errorInBody?: (answer: { status: number; headers: Headers; json: unknown }) => StoneturnerError | undefined;
  /** Without it the client paces itself alone, which suits one-off checks and tests. */
  shared?: HttpShared;
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
