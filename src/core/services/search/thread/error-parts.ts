import {
  CancelledError,
  InputError,
  messageOf,
  PermanentError,
  StoneturnerError,
  TransientError,
  type InputIssue,
} from "@/core/models/errors";

/** An error as plain data, to be sent between threads, which keep no classes. */
export interface ErrorParts {
  code: string;
  message: string;
  action: string | undefined;
  details: readonly InputIssue[];
}

export function partsOf(error: unknown): ErrorParts {
  const details = error instanceof InputError ? error.details : [];
  if (error instanceof StoneturnerError)
    return { code: error.code, message: error.message, action: error.action, details };
  return { code: "", message: messageOf(error), action: undefined, details };
}

/** The error again, of the class that what follows depends on. */
export function errorFrom({ code, message, action, details }: ErrorParts): Error {
  const options = action === undefined ? {} : { action };
  switch (code) {
    case "invalid_input":
      return new InputError(message, details, options);
    case "cancelled":
      return new CancelledError(message, options);
    case "transient":
      return new TransientError(message, options);
    case "permanent":
      return new PermanentError(message, options);
    default:
      return new Error(message);
  }
}
