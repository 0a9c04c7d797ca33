import type { JsonValue } from "./artifact";

/**
 * Errors by consequence: each class says what follows from it, so the code that catches one never has to guess.
 * Messages are plain words for a person; `action` is what that person can do next. Neither carries a secret.
 */
export abstract class StoneturnerError extends Error {
  /** Stable, for programs: `{error: {code, …}}` over HTTP. */
  abstract readonly code: string;
  /** The next step for the person who reads the message. */
  readonly action: string | undefined;

  constructor(message: string, options: { action?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.action = options.action;
  }

  /** Message and action as one text. */
  get explanation(): string {
    return this.action === undefined ? this.message : `${this.message} ${this.action}`;
  }
}

/** The credential does not work: the sync pauses and the account needs a reconnect. */
export class AuthError extends StoneturnerError {
  override readonly code = "needs_reconnect";
}

/** The source asks to wait: the sync is parked until `retryAt`. */
export class RateLimitedError extends StoneturnerError {
  override readonly code = "rate_limited";
  constructor(
    message: string,
    readonly retryAt: Date,
    options: { action?: string; cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

/** Passing trouble (network, 5xx, disk busy): try again with backoff. */
export class TransientError extends StoneturnerError {
  override readonly code = "transient";
}

/** The database could not be written: the disk is full or failing, or another process held it for too long. */
export class StorageError extends StoneturnerError {
  override readonly code = "storage";
}

/** One item cannot be taken: record it, go on with the rest, try it again in a later sync. */
export class ItemError extends StoneturnerError {
  override readonly code = "item_failed";
}

/** Nothing will change without a person: the sync fails with this reason. */
export class PermanentError extends StoneturnerError {
  override readonly code = "permanent";
}

/** Most of what was there is no longer listed: nothing is removed until a person says that it was meant. */
export class HeldDeletionsError extends PermanentError {
  constructor(
    message: string,
    /** How many items are missing, of how many that were there. */
    readonly held: { missing: number; of: number; reconnected?: boolean },
    /** Whose items they are. */
    readonly stream: string,
    options: { action?: string } = {},
  ) {
    super(message, options);
  }
}

/**
 * Where a listing was to go on is no longer known to the source. The engine reads the stream's window again from its
 * start, a few times in a run; what was read is kept, and not read twice where its version says so.
 */
export class CursorExpiredError extends StoneturnerError {
  override readonly code = "cursor_expired";
  /** The cursor at which the expired window starts, where the stream knows it: JSON of the stream's own making. */
  readonly windowStart: JsonValue | undefined;
  constructor(
    message: string,
    options: { windowStart?: JsonValue | undefined; action?: string; cause?: unknown } = {},
  ) {
    super(message, options);
    this.windowStart = options.windowStart;
  }
}

/** The caller's input is wrong. `details` names the fields and what they take. */
export class InputError extends StoneturnerError {
  override readonly code = "invalid_input";
  constructor(
    message: string,
    readonly details: readonly InputIssue[] = [],
    options: { action?: string; cause?: unknown } = {},
  ) {
    super(message, options);
  }
}

export interface InputIssue {
  /** Dotted path of the field. */
  field: string;
  /** What is wrong and what the field takes. */
  message: string;
}

/** What was asked for does not exist. */
export class NotFoundError extends StoneturnerError {
  override readonly code = "not_found";
}

/** The request is right but cannot be done now: something else holds it. */
export class ConflictError extends StoneturnerError {
  override readonly code = "conflict";
}

/** The work was stopped by request. Not a failure. */
export class CancelledError extends StoneturnerError {
  override readonly code = "cancelled";
}

/** Another start of the program has taken this sync over: whoever meets this writes nothing more, not even the end. */
export class LeaseLostError extends CancelledError {
  constructor() {
    super("Another process has taken this sync over.");
  }
}

/** The program cannot start or continue as configured. */
export class ConfigError extends StoneturnerError {
  override readonly code = "config";
}

/** The message of anything thrown, for logs and rows. */
export function messageOf(error: unknown): string {
  if (error instanceof StoneturnerError) return error.explanation;
  // Drizzle puts the bound values into its message; the cause says what went wrong without them.
  if (error instanceof Error && error.message.startsWith("Failed query:") && error.cause !== undefined) {
    return messageOf(error.cause);
  }
  if (error instanceof Error) return error.message;
  return String(error);
}
