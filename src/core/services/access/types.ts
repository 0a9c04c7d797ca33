/** What the access service promises. */
import type { AccessToken, AuditEvent, Caller, TokenInput } from "@/core/models/access";

export interface Access {
  password: OwnerPassword;
  sessions: Sessions;
  tokens: Tokens;
  audit: AuditLog;
  /**
   * A session for whoever knows the password; `replaces` ends. Undefined for a wrong one, and for one that was changed
   * meanwhile. @throws RateLimitedError as `password.check`.
   */
  logIn: (password: string, address: string, replaces?: string) => Promise<NewSession | undefined>;
  /** Whether a password or an unrevoked token exists, so that requests have to say who asks. */
  isGuarded: () => Promise<boolean>;
  /** Whether somebody can log in or come with a token that may do everything. */
  hasAdmin: () => Promise<boolean>;
  /** Who a bearer token stands for, ours or the configured issuer's. @throws TransientError when the issuer is silent. */
  bearer: (token: string) => Promise<Caller | undefined>;
}

export interface OwnerPassword {
  isSet: () => Promise<boolean>;
  /**
   * Checks a password, slowly on purpose.
   *
   * @throws RateLimitedError after too many wrong ones, whether or not this one is right.
   */
  check: (password: string, address: string) => Promise<boolean>;
  /** Sets it and ends every session. @throws InputError when it is too short. */
  set: (password: string) => Promise<void>;
  /** Removes it and ends every session. False when there was none. */
  remove: () => Promise<boolean>;
}

export interface NewSession {
  /** The cookie's value, known to nobody else. */
  id: string;
  expiresAt: string;
}

export interface Sessions {
  /** A session with an id of its own; `replaces` ends, so that an id from before a login is worth nothing. */
  start: (replaces?: string) => Promise<NewSession>;
  /** Whether `id` is a living session; using it keeps it alive until its absolute end. */
  use: (id: string) => Promise<boolean>;
  end: (id: string) => Promise<void>;
  /** Ends all and says how many there were. */
  endAll: () => Promise<number>;
}

export interface Tokens {
  /** Makes a token. The only time that the token itself can be had. */
  create: (input: TokenInput) => Promise<AccessToken & { token: string }>;
  list: () => Promise<AccessToken[]>;
  /** @throws NotFoundError for an unknown id. */
  revoke: (id: string) => Promise<AccessToken>;
  /** The living token that this text is, or undefined. */
  use: (token: string) => Promise<AccessToken | undefined>;
}

export interface AuditFilter {
  action?: string | undefined;
  actor?: string | undefined;
  outcome?: AuditEvent["outcome"] | undefined;
  /** ISO-8601; events at that time or later. */
  since?: string | undefined;
  /** Only lines with a smaller id: the next page of an export, whatever is added meanwhile. */
  beforeId?: number | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
}

export interface AuditLog {
  /** Adds a line. Never throws: what was done stays done, and the log says that its line is missing. */
  record: (event: NewAuditEvent) => Promise<void>;
  /** Newest first. */
  list: (filter: AuditFilter) => Promise<{ events: AuditEvent[]; total: number }>;
}

export type NewAuditEvent = Pick<AuditEvent, "actor" | "action" | "outcome"> &
  Partial<Pick<AuditEvent, "target" | "address" | "requestId">>;
