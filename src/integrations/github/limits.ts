/** When GitHub says that it is asked too much (docs.github.com/rest, “Rate limits for the REST API”). */
import { z } from "zod";
import { RateLimitedError } from "@/core/models/errors";
import type { JsonAnswer } from "@/core/models/http";

const bodySchema = z.looseObject({
  message: z.string().nullish(),
  errors: z
    .array(z.looseObject({ type: z.string().nullish() }))
    .nullish()
    .catch(undefined),
});
/** How long to wait when a secondary limit does not say: at least a minute. */
const SECONDARY_WAIT_MS = 60_000;

/**
 * The limit that an answer speaks of. The primary one (5,000 an hour) shows in `x-ratelimit-remaining: 0` and lasts
 * until `x-ratelimit-reset`; a secondary one shows in words alone, or with `Retry-After`. GraphQL reports both with
 * status 200.
 */
export function limitIn({ status, headers, json, now }: JsonAnswer): RateLimitedError | undefined {
  const body = bodySchema.safeParse(json).data;
  const isGraphql = body?.errors?.some(({ type }) => type === "RATE_LIMITED") === true;
  const isSecondary = /secondary rate limit|abuse detection/i.test(body?.message ?? "");
  const isPrimary = (status === 403 || status === 429) && headers.get("x-ratelimit-remaining") === "0";
  if (!isGraphql && !isSecondary && !isPrimary && status !== 429) return undefined;
  const which = isSecondary ? "asked too fast" : "asked as often as it grants in an hour";
  return new RateLimitedError(`GitHub was ${which}.`, new Date(now + waitMs(headers, now, isSecondary)), {
    action: "The sync goes on by itself.",
  });
}

function waitMs(headers: Headers, now: number, isSecondary: boolean): number {
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  if (seconds > 0) return seconds * 1_000;
  const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN) * 1_000;
  const clock = Date.parse(headers.get("date") ?? "") || now;
  if (!isSecondary && reset > clock) return reset - clock;
  return SECONDARY_WAIT_MS;
}
