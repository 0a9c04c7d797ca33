/** How Gmail is asked, and what its refusals mean (developers.google.com/workspace/gmail/api/guides/handle-errors). */
import { z } from "zod";
import { AuthError, CursorExpiredError, RateLimitedError, type StoneturnerError } from "@/core/models/errors";
import type { HttpAuth, JsonAnswer, ProviderHttpOptions } from "@/core/models/http";
import { waitHint } from "@/core/services/http/wait-hints";
import { plainLine } from "@/lib/clean-text";
import { looseList, looseValue } from "@/lib/loose-schema";

/** Quotas are counted by the minute; where Google says nothing, a few of these waits reach the next one. */
const WAIT_UNSAID_MS = 15_000;
/** What is read of a wait at most: Google's own times are a quarter of an hour away. */
const LONGEST_WAIT_MS = 86_400_000;

/** A thread counts 10 units and a user has 15,000 a minute, which is 25 threads a second. */
export function gmailHttp(auth: HttpAuth | undefined): ProviderHttpOptions {
  return { auth, hostLimits: { "*": { concurrency: 4, spacingMs: 45 } }, errorInBody: errorIn };
}

const text = looseValue(z.string());
const refusalSchema = z.looseObject({
  error: z.looseObject({ message: text, errors: looseList(z.looseObject({ reason: text })) }),
});

const LIMITS = /^(?:userRateLimitExceeded|rateLimitExceeded|quotaExceeded)$/;
const NOT_ALLOWED = /^(?:accessNotConfigured|insufficientPermissions|domainPolicy)$/;

/** A 403 means many things, told apart by its reason alone; what is not here the status says well enough. */
export function errorIn({ status, headers, json, now }: JsonAnswer): StoneturnerError | undefined {
  if (status < 400) return undefined;
  const error = refusalSchema.safeParse(json).data?.error;
  const said = plainLine(error?.message ?? "", 300);
  const reason = error?.errors[0]?.reason ?? "";
  const message = `Google answered with ${status}: ${said}`;
  if (LIMITS.test(reason) && (status === 403 || status === 429)) {
    const wait = timeIn(said, now) ?? waitHint(headers, now) ?? WAIT_UNSAID_MS;
    return new RateLimitedError(message, new Date(now + wait));
  }
  if (reason === "dailyLimitExceeded") return new RateLimitedError(message, new Date(now + 3_600_000));
  if (NOT_ALLOWED.test(reason)) {
    const action =
      "Turn on the Gmail API for the application, let the organisation's administrator allow it, and connect again.";
    return new AuthError(message, { action });
  }
  if (status === 400 && reason === "failedPrecondition") {
    const action = "Turn on Gmail for this Google account, or disconnect it here.";
    return new AuthError(message, { action });
  }
  if (status === 400 && /page ?token/i.test(said)) return new CursorExpiredError(message);
  return undefined;
}

/** Milliseconds until the time that the words name: "User-rate limit exceeded.  Retry after 2026-03-07T18:03:15.961Z". */
function timeIn(said: string, now: number): number | undefined {
  const wait = Date.parse(/Retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(said)?.[1] ?? "") - now;
  return wait > 0 && wait <= LONGEST_WAIT_MS ? wait : undefined;
}
