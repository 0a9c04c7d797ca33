/** How Linear is asked, and what its refusals mean (linear.app/developers: graphql, rate-limiting). */
import { z } from "zod";
import {
  AuthError,
  PermanentError,
  RateLimitedError,
  type StoneturnerError,
  TransientError,
} from "@/core/models/errors";
import type { JsonAnswer, ProviderHttpOptions } from "@/core/models/http";
import type { HttpAuth, IntegrationServices } from "@/core/models/models";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { LONGEST_HINT_MS, waitHint } from "@/core/services/http/wait-hints";
import { plainLine } from "@/lib/clean-text";
import { looseValue } from "@/lib/loose-schema";

export const apiBase = ({ apiUrl }: Pick<IntegrationServices, "apiUrl">) => apiUrl("https://api.linear.app");

/** Options of the client for an account's key or grant. */
export function linearHttp(auth: HttpAuth): ProviderHttpOptions {
  return { auth, hostLimits: { "*": { concurrency: 2, spacingMs: 100 } }, errorInBody: errorIn };
}

const text = looseValue(z.string());
const refusalSchema = z.looseObject({
  errors: z
    .array(
      z.looseObject({
        message: z.string(),
        extensions: looseValue(z.looseObject({ code: text, type: text, userPresentableMessage: text })),
      }),
    )
    .min(1),
});

/**
 * Linear's errors stand in the body, whatever the status: a limit comes with 400, others with 200. An answer of which a
 * part failed is not taken at all.
 */
export function errorIn({ status, headers, json, now }: JsonAnswer): StoneturnerError | undefined {
  const error = refusalSchema.safeParse(json).data?.errors[0];
  if (error === undefined) return undefined;
  const { code, type, userPresentableMessage } = error.extensions ?? {};
  const kind = `${code ?? ""} ${type ?? ""}`.toLowerCase();
  const detail = plainLine(userPresentableMessage ?? error.message, 300);
  const message = `Linear answered with ${status}: ${detail}`;
  if (kind.includes("ratelimited"))
    return new RateLimitedError(message, new Date(now + waitOf(headers, now)));
  if (kind.includes("authentication")) return new AuthError(message, { action: "Reconnect the account." });
  if (/entity not found/i.test(error.message)) return new MissingError(message, { status, detail });
  if (/forbidden|feature.not.accessible/.test(kind)) return new ForbiddenError(message, { status, detail });
  if (/internal|lock.timeout|network/.test(kind)) return new TransientError(message);
  // What stays is said by the status where it says anything: a query that is too complex or not valid is a 400.
  return status === 200 ? new PermanentError(message) : undefined;
}

/** Until the budget that is used up is full again; resets are epoch milliseconds. */
function waitOf(headers: Headers, now: number): number {
  const of = (name: string) => Number.parseInt(headers.get(`x-ratelimit-${name}`) ?? "", 10);
  const waits = ["requests", "complexity", "endpoint-requests"]
    .filter((budget) => of(`${budget}-remaining`) <= 0)
    .map((budget) => of(`${budget}-reset`) - now)
    .filter((wait) => wait > 0);
  if (waits.length > 0) return Math.min(LONGEST_HINT_MS, Math.max(...waits));
  return waitHint(headers, now) ?? 60_000;
}
