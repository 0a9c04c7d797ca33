/** What a provider's refusal means, where the core's own errors do not say enough. Messages carry no secret. */
import { PermanentError } from "@/core/models/errors";

interface RefusalOptions {
  action?: string;
  cause?: unknown;
  /** Status of the answer. */
  status: number;
  /** A short redacted piece of what the provider said; "" when it said nothing. */
  detail: string;
}

/** The provider refuses. Whoever does not know the case better takes it for permanent. */
abstract class RefusalError extends PermanentError {
  readonly status: number;
  readonly detail: string;
  constructor(message: string, options: RefusalOptions) {
    super(message, options);
    this.status = options.status;
    this.detail = options.detail;
  }
}

/** 403: this credential may not see this. A stream decides whether an item is hidden or the account is at fault. */
export class ForbiddenError extends RefusalError {}

/** 404 or 410: not there, or no longer. A stream decides whether that is a deletion, an empty page or a fault. */
export class MissingError extends RefusalError {}

/** 304: what the caller knows by its `If-None-Match` still holds. Thrown because there is no data to give. */
export class UnchangedError extends RefusalError {}

/** The request itself is refused (400, 405, 422 …). `detail` holds the reason, for example "cursor has expired". */
export class RequestRefusedError extends RefusalError {}

/** What was asked for; undefined where the provider refuses it in one of these ways, and the caller can do without. */
export async function unlessRefused<Answer>(
  asked: Promise<Answer>,
  ...refusals: (typeof ForbiddenError | typeof MissingError | typeof RequestRefusedError)[]
): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (refusals.some((refusal) => error instanceof refusal)) return undefined;
    throw error;
  }
}

/** The answer is larger than the caller takes, on the wire or unpacked. */
export class TooLargeError extends PermanentError {}

/** The address is one that no integration may call. */
export class BlockedAddressError extends PermanentError {}
