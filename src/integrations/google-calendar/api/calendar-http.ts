/** How Calendar is asked, and what its refusals mean (developers.google.com/workspace/calendar/api/guides/errors). */
import { z } from "zod";
import { AuthError, CursorExpiredError, RateLimitedError, type StoneturnerError } from "@/core/models/errors";
import type { HttpAuth, JsonAnswer, ProviderHttpOptions } from "@/core/models/http";
import { waitHint } from "@/core/services/http/wait-hints";
import { plainLine } from "@/lib/clean-text";
import { looseList, looseValue } from "@/lib/loose-schema";

/** Quotas are counted by the minute and Google seldom says when; a few of these waits reach the next one. */
const WAIT_UNSAID_MS = 15_000;

export function calendarHttp(auth: HttpAuth | undefined): ProviderHttpOptions {
  return { auth, hostLimits: { "*": { concurrency: 2, spacingMs: 50 } }, errorInBody: errorIn };
}

const text = looseValue(z.string());
const refusalSchema = z.looseObject({
  error: z.looseObject({
    message: text,
    errors: looseList(z.looseObject({ reason: text, location: text })),
  }),
});

const LIMITS = /^(?:userRateLimitExceeded|rateLimitExceeded|quotaExceeded|calendarUsageLimitsExceeded)$/;
const NOT_ALLOWED = /^(?:accessNotConfigured|insufficientPermissions|ACCESS_TOKEN_SCOPE_INSUFFICIENT)$/;

/** A 403 means many things, told apart by its reason alone; what is not here the status says well enough. */
export function errorIn({ status, headers, json, now }: JsonAnswer): StoneturnerError | undefined {
  if (status < 400) return undefined;
  const error = refusalSchema.safeParse(json).data?.error;
  const { reason, location } = error?.errors[0] ?? {};
  const message = `Google answered with ${status}: ${plainLine(error?.message ?? "", 300)}`;
  if (LIMITS.test(reason ?? "") && (status === 403 || status === 429))
    return new RateLimitedError(message, new Date(now + (waitHint(headers, now) ?? WAIT_UNSAID_MS)));
  if (reason === "dailyLimitExceeded") return new RateLimitedError(message, new Date(now + 3_600_000));
  if (NOT_ALLOWED.test(reason ?? "")) {
    const action =
      "Turn on the Google Calendar API for the application, and connect again with the permission to read calendars.";
    return new AuthError(message, { action });
  }
  // Of a listing, 410 says that its sync token is over, with or without a reason.
  const isOver = status === 410 || (status === 400 && /^(?:pageToken|syncToken)$/.test(location ?? ""));
  return isOver ? new CursorExpiredError(message) : undefined;
}
