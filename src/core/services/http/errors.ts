/** What a provider's refusal means, where the core's own errors do not say enough. Messages carry no secret. */
import { PermanentError, StoneturnerError } from "@/core/models/errors";

export interface AnswerOptions {
  action?: string;
  cause?: unknown;
  /** Status of the answer. */
  status: number;
  /** A short redacted piece of what the provider said; "" when it said nothing. */
  detail: string;
}

/** 403: this credential may not see this. A stream decides whether an item is hidden or the account is at fault. */
export class ForbiddenError extends StoneturnerError {
  override readonly code = "forbidden";
  readonly status: number;
  readonly detail: string;
  constructor(message: string, options: AnswerOptions) {
    super(message, options);
    this.status = options.status;
    this.detail = options.detail;
  }
}

/** 404 or 410: not there, or no longer. A stream decides whether that is a deletion, an empty page or a fault. */
export class MissingError extends StoneturnerError {
  override readonly code = "missing";
  readonly status: number;
  readonly detail: string;
  constructor(message: string, options: AnswerOptions) {
    super(message, options);
    this.status = options.status;
    this.detail = options.detail;
  }
}

/** The provider refuses the request itself (400, 405, 422 …). `detail` holds its words, for example "cursor has expired". */
export class RequestRefusedError extends PermanentError {
  readonly status: number;
  readonly detail: string;
  constructor(message: string, options: AnswerOptions) {
    super(message, options);
    this.status = options.status;
    this.detail = options.detail;
  }
}

/** The answer is larger than the caller takes, on the wire or unpacked. */
export class TooLargeError extends PermanentError {}

/** The address is one that no integration may call. */
export class BlockedAddressError extends PermanentError {}
