/** The one place that turns anything thrown into an answer. */
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ErrorEnvelope } from "@/core/models/api";
import {
  AuthError,
  CancelledError,
  ConfigError,
  ConflictError,
  InputError,
  ItemError,
  NotFoundError,
  PermanentError,
  RateLimitedError,
  StoneturnerError,
  StorageError,
  TransientError,
} from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { redactText } from "@/lib/redact";
import type { HttpEnv } from "./request-log";

interface ErrorAnswer {
  status: ContentfulStatusCode;
  body: ErrorEnvelope;
  headers: Record<string, string>;
}

/**
 * Status by consequence. A source that refuses its credential is 422, not 401: the caller is not the one who has to
 * log in, the account has to be connected again.
 */
const statuses: readonly (readonly [
  abstract new (...args: never[]) => StoneturnerError,
  ContentfulStatusCode,
])[] = [
  [InputError, 400],
  [NotFoundError, 404],
  [ConflictError, 409],
  [CancelledError, 409],
  [AuthError, 422],
  [ItemError, 422],
  [PermanentError, 422],
  [RateLimitedError, 429],
  [TransientError, 503],
  [StorageError, 503],
  [ConfigError, 500],
];

const codes: Readonly<Record<number, string>> = {
  400: "invalid_input",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  413: "too_large",
  415: "unsupported_media_type",
  503: "unavailable",
};

/** Answers an error in the envelope. Only errors made for people show their words; the rest is logged. */
export function answerError(error: unknown, c: Context<HttpEnv>, log: Logger): Response {
  const requestId = c.get("requestId") ?? "unknown";
  const known = answerOf(error);
  if (known === undefined || error instanceof StorageError) {
    // Work that failed because its client went away is nobody's trouble.
    const level = c.req.raw.signal.aborted ? "debug" : "error";
    log[level]("A request failed unexpectedly.", { requestId, path: c.req.path, error });
  }
  const { status, body, headers } = known ?? internal(requestId);
  return c.json(body, status, headers);
}

/** The answer for an error that was made for people; undefined for any other. */
export function answerOf(error: unknown): ErrorAnswer | undefined {
  if (error instanceof HTTPException) {
    const { status, message } = error;
    return { status, body: envelope(codes[status] ?? "error", message), headers: {} };
  }
  if (!(error instanceof StoneturnerError)) return undefined;
  const status = statuses.find(([kind]) => error instanceof kind)?.[1];
  if (status === undefined) return undefined;
  const details = error instanceof InputError ? error.details : [];
  const headers: ErrorAnswer["headers"] =
    error instanceof RateLimitedError ? { "Retry-After": secondsUntil(error.retryAt) } : {};
  return { status, body: envelope(error.code, error.explanation, details), headers };
}

/** An error in the one shape that every error answer has. */
export function envelope(code: string, message: string, details: readonly ErrorDetail[] = []): ErrorEnvelope {
  const clean = details.map((detail) => ({ ...detail, message: redactText(detail.message) }));
  return {
    error: { code, message: redactText(message), ...(clean.length > 0 ? { details: clean } : {}) },
  };
}

type ErrorDetail = NonNullable<ErrorEnvelope["error"]["details"]>[number];

function internal(requestId: string): ErrorAnswer {
  const message = `Something went wrong inside Stoneturner. The log has the details under request ${requestId}.`;
  return { status: 500, body: envelope("internal", message), headers: {} };
}

function secondsUntil(date: Date): string {
  return String(Math.max(1, Math.ceil((date.getTime() - Date.now()) / 1000)));
}
