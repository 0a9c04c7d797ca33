/** How Drive is asked, and what its refusals mean (developers.google.com/workspace/drive/api/guides/handle-errors). */
import { CursorExpiredError, ItemError } from "@/core/models/errors";
import type { HttpAuth, ProviderHttpOptions } from "@/core/models/http";
import { googleRefusals } from "@/core/services/google/google-refusals";
import { TooLargeError } from "@/core/services/http/errors";

export function driveHttp(auth: HttpAuth | undefined): ProviderHttpOptions {
  return { auth, hostLimits: { "*": { concurrency: 4, spacingMs: 20 } }, errorInBody: errorIn };
}

export const errorIn = googleRefusals("Google Drive API", ({ status, reason, location, message }) => {
  // A file that was fetched too often of late, which ends within a day: it is neither hidden nor gone.
  if (reason === "downloadQuotaExceeded") return new ItemError(message);
  if (reason === "exportSizeLimitExceeded") return new TooLargeError(message);
  return status === 400 && location === "pageToken" ? new CursorExpiredError(message) : undefined;
});
