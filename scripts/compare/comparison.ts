import type { CredentialInput } from "@/core/models/credential";
import type { Db } from "@/core/models/database";
import type { Integration } from "@/core/models/integration";

/** A large made-up account of one source behind its stand-in, and the measure of what was made of it. */
export interface Comparison extends AsyncDisposable {
  integration: Integration;
  credential: CredentialInput;
  /** Value of `INTEGRATION_API_URLS` that leads the integration to the stand-in. */
  apiUrls: string;
  /** What there is, in words. */
  size: string;
  /** Requests answered so far. */
  requests: () => number;
  /** The fewest requests in which a full sync can learn everything. */
  leastRequests: () => number;
  /** Called at each request; undefined for no longer. */
  onRequest: (listener: (() => void) | undefined) => void;
  /** Lets so many random things happen, all of which an incremental sync can see. */
  change: (times: number) => void;
  /** How what is stored and served differs from the stand-in's state, in words. */
  violations: (db: Db) => Promise<string[]>;
}

/** @param scale 1 for the full size. */
export type Compare = (scale: number) => Promise<Comparison>;
