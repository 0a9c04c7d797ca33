/** What a refusal of Google's means: the same words in all of its APIs, but for a few of each one's own. */
import { z } from "zod";
import { AuthError, RateLimitedError, type StoneturnerError } from "@/core/models/errors";
import type { JsonAnswer, ProviderHttpOptions } from "@/core/models/http";
import { LONGEST_HINT_MS, waitHint } from "@/core/services/http/wait-hints";
import { plainLine } from "@/lib/clean-text";
import { looseList, looseValue } from "@/lib/loose-schema";

/** Quotas are counted by the minute and Google seldom says when; a few of these waits reach the next one. */
const WAIT_UNSAID_MS = 15_000;

const text = looseValue(z.string());
const refusalSchema = z.looseObject({
  error: z.looseObject({
    message: text,
    errors: looseList(z.looseObject({ reason: text, location: text })),
  }),
});

export interface GoogleRefusal {
  status: number;
  /** Google's own word, "" where it gives none. */
  reason: string;
  /** What of the question it is about, "" where it does not say. */
  location: string;
  /** Plain words, with what Google said. */
  message: string;
}

const LIMITS =
  /^(?:userRateLimitExceeded|rateLimitExceeded|quotaExceeded|sharingRateLimitExceeded|calendarUsageLimitsExceeded)$/;
const NOT_ALLOWED =
  /^(?:accessNotConfigured|insufficientPermissions|ACCESS_TOKEN_SCOPE_INSUFFICIENT|domainPolicy)$/;

/**
 * A 403 means many things, told apart by its reason alone; what is neither here nor in `others` the status says well
 * enough.
 *
 * @param api as people know it, such as "Gmail API".
 * @param others words that this API alone has.
 */
export function googleRefusals(
  api: string,
  others: (refusal: GoogleRefusal) => StoneturnerError | undefined,
): NonNullable<ProviderHttpOptions["errorInBody"]> {
  return ({ status, headers, json, now }) => {
    // What somebody wrote may look like a refusal.
    if (status < 400) return undefined;
    const error = refusalSchema.safeParse(json).data?.error;
    const [first] = error?.errors ?? [];
    const reason = first?.reason ?? "";
    const said = plainLine(error?.message ?? "", 300);
    const message = `Google answered with ${status}: ${said}`;
    if (LIMITS.test(reason) && (status === 403 || status === 429))
      return new RateLimitedError(message, new Date(now + waitOf(said, headers, now)));
    if (reason === "dailyLimitExceeded") return new RateLimitedError(message, new Date(now + 3_600_000));
    if (NOT_ALLOWED.test(reason)) {
      const action = `Turn on the ${api} for the application, let the organisation's administrator allow it, and connect again with the permission to read.`;
      return new AuthError(message, { action });
    }
    return others({ status, reason, location: first?.location ?? "", message });
  };
}

/** Some words name the time: "User-rate limit exceeded.  Retry after 2026-03-07T18:03:15.961Z". */
function waitOf(said: string, headers: JsonAnswer["headers"], now: number): number {
  const named = Date.parse(/Retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i.exec(said)?.[1] ?? "") - now;
  if (named > 0 && named <= LONGEST_HINT_MS) return named;
  return waitHint(headers, now) ?? WAIT_UNSAID_MS;
}
