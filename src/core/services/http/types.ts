/** What the client takes and gives. */
import type { HostLimits, HttpAuth, JsonAnswer, RetryPolicy, Timeouts } from "@/core/models/http";
import type { StoneturnerError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { Clock } from "./clock";
import type { DailyBudget } from "./daily-budget";
import type { RequestLedger } from "./ledger";
import type { Limiter } from "./limiter";
import type { BucketNames } from "./queues";
import type { SingleFlight } from "./single-flight";
import type { Resolve } from "./ssrf-guard";

/** What all clients of a process share, made once by `createHttpShared`. */
export interface HttpShared {
  limiter: Limiter;
  buckets: BucketNames;
  flights: SingleFlight;
  clock: Clock;
  resolve: Resolve;
  userAgent: string;
  /** PEM of certificate authorities to trust instead of the system's. */
  ca: string | undefined;
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
  /** Told how long the provider asks to wait, in milliseconds beyond what it had asked before. */
  onPause?: ((milliseconds: number) => void) | undefined;
  timeouts?: Partial<Timeouts>;
  policy?: Partial<RetryPolicy>;
  /**
   * Looks at every JSON answer, also those with status 200, and says what error it is in truth, if any. Return a
   * RateLimitedError, AuthError and so on; undefined leaves the decision to the status.
   */
  errorInBody?: (answer: JsonAnswer) => StoneturnerError | undefined;
  /** Without it the client paces itself alone, which suits one-off checks and tests. */
  shared?: HttpShared;
}

export type {
  AnyRequest,
  BytesRequest,
  HostLimits,
  HttpAnswer,
  HttpAuth,
  HttpClient,
  HttpRequest,
  JsonRequest,
  LooseJsonRequest,
  QueryValue,
  RetryPolicy,
  TextRequest,
  Timeouts,
} from "@/core/models/http";
