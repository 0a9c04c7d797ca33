/** How Calendar is asked, and what its refusals mean (developers.google.com/workspace/calendar/api/guides/errors). */
import { CursorExpiredError } from "@/core/models/errors";
import type { HttpAuth, ProviderHttpOptions } from "@/core/models/http";
import { googleRefusals } from "@/core/services/google/google-refusals";

export function calendarHttp(auth: HttpAuth | undefined): ProviderHttpOptions {
  return { auth, hostLimits: { "*": { concurrency: 2, spacingMs: 50 } }, errorInBody: errorIn };
}

export const errorIn = googleRefusals("Google Calendar API", ({ status, location, message }) => {
  // Of a listing, 410 says that its sync token is over, with or without a reason.
  const isOver = status === 410 || (status === 400 && /^(?:pageToken|syncToken)$/.test(location));
  return isOver ? new CursorExpiredError(message) : undefined;
});
