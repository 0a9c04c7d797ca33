/** How Gmail is asked, and what its refusals mean (developers.google.com/workspace/gmail/api/guides/handle-errors). */
import { AuthError, CursorExpiredError } from "@/core/models/errors";
import type { HttpAuth, ProviderHttpOptions } from "@/core/models/http";
import { googleRefusals } from "@/core/services/google/google-refusals";

/** A thread counts 10 units and a user has 15,000 a minute, which is 25 threads a second. */
export function gmailHttp(auth: HttpAuth | undefined): ProviderHttpOptions {
  return { auth, hostLimits: { "*": { concurrency: 4, spacingMs: 45 } }, errorInBody: errorIn };
}

export const errorIn = googleRefusals("Gmail API", ({ status, reason, message }) => {
  if (status === 400 && reason === "failedPrecondition") {
    const action = "Turn on Gmail for this Google account, or disconnect it here.";
    return new AuthError(message, { action });
  }
  return status === 400 && /page ?token/i.test(message) ? new CursorExpiredError(message) : undefined;
});
