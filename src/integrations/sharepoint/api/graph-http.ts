/** How Microsoft Graph is asked, and what its refusals mean (learn.microsoft.com/graph/errors). */
import { z } from "zod";
import { AuthError, CursorExpiredError } from "@/core/models/errors";
import type { HttpAuth, ProviderHttpOptions } from "@/core/models/http";
import { ForbiddenError } from "@/core/services/http/errors";
import { plainLine } from "@/lib/clean-text";
import { looseValue } from "@/lib/loose-schema";

const refusalSchema = z.looseObject({
  error: z.looseObject({ code: looseValue(z.string()), message: looseValue(z.string()) }),
});

export function graphHttp(auth: HttpAuth | undefined): ProviderHttpOptions {
  return { auth, hostLimits: { "*": { concurrency: 4, spacingMs: 20 } }, errorInBody };
}

/** What the status alone does not say. Limits it says well: 429 and 503 come with `Retry-After`. */
export const errorInBody: NonNullable<ProviderHttpOptions["errorInBody"]> = ({ status, json }) => {
  // What somebody wrote may look like a refusal.
  if (status < 400) return undefined;
  const { code, message } = refusalSchema.safeParse(json).data?.error ?? {};
  const words = `Microsoft answered with ${status}: ${plainLine(message ?? code ?? "", 300)}`;
  // resyncChangesApplyDifferences or resyncChangesUploadDifferences: there is nothing of ours to upload, so both mean
  // that everything is listed once more.
  if (status === 410) return new CursorExpiredError(`${words} (${code ?? "no code"})`);
  if (status === 403 && /^Authorization_RequestDenied$/i.test(code ?? "")) {
    const action =
      "Let an administrator of the directory grant the application Files.Read.All and Sites.Read.All, and connect again.";
    return new AuthError(words, { action });
  }
  // A site or file that an administrator has locked lets nobody in.
  if (status === 423) return new ForbiddenError(words, { status, detail: code ?? "" });
  return undefined;
};
