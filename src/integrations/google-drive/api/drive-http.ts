/** How Drive is asked, and what its refusals mean (developers.google.com/workspace/drive/api/guides/handle-errors). */
import { z } from "zod";
import {
  AuthError,
  CursorExpiredError,
  ItemError,
  RateLimitedError,
  type StoneturnerError,
} from "@/core/models/errors";
import type { HttpAuth, JsonAnswer, ProviderHttpOptions } from "@/core/models/http";
import { TooLargeError } from "@/core/services/http/errors";
import { waitHint } from "@/core/services/http/wait-hints";
import { plainLine } from "@/lib/clean-text";
import { looseList, looseValue } from "@/lib/loose-schema";

/** Quotas are counted by the minute and Google seldom says when; a few of these waits reach the next one. */
const WAIT_UNSAID_MS = 15_000;

export function driveHttp(auth: HttpAuth | undefined): ProviderHttpOptions {
  return { auth, hostLimits: { "*": { concurrency: 4, spacingMs: 20 } }, errorInBody: errorIn };
}

const text = looseValue(z.string());
const refusalSchema = z.looseObject({
  error: z.looseObject({
    message: text,
    errors: looseList(z.looseObject({ reason: text, location: text })),
  }),
});

const LIMITS = /^(?:userRateLimitExceeded|rateLimitExceeded|quotaExceeded|sharingRateLimitExceeded)$/;

/** A 403 means many things, told apart by its reason alone; what is not here the status says well enough. */
export function errorIn({ status, headers, json, now }: JsonAnswer): StoneturnerError | undefined {
  // A file's own content may look like a refusal.
  if (status < 400) return undefined;
  const error = refusalSchema.safeParse(json).data?.error;
  const { reason = "", location } = error?.errors[0] ?? {};
  const message = `Google answered with ${status}: ${plainLine(error?.message ?? "", 300)}`;
  if (LIMITS.test(reason ?? "") && (status === 403 || status === 429))
    return new RateLimitedError(message, new Date(now + (waitHint(headers, now) ?? WAIT_UNSAID_MS)));
  if (reason === "dailyLimitExceeded") return new RateLimitedError(message, new Date(now + 3_600_000));
  // A file that was fetched too often of late, which ends within a day: it is neither hidden nor gone.
  if (reason === "downloadQuotaExceeded") return new ItemError(message);
  if (reason === "exportSizeLimitExceeded") return new TooLargeError(message);
  if (reason === "accessNotConfigured" || reason === "insufficientPermissions") {
    const action =
      "Turn on the Drive API for the application, and connect again with the permission to read.";
    return new AuthError(message, { action });
  }
  if (status === 400 && location === "pageToken") return new CursorExpiredError(message);
  return undefined;
}
