/** What Salesforce's refusals mean. They come as a list of error codes with words beside the status. */
import {
  PermanentError,
  RateLimitedError,
  type StoneturnerError,
  TransientError,
} from "@/core/models/errors";
import type { JsonAnswer } from "@/core/models/http";
import { refusalSchema } from "./models/models";

/** The requests of 24 hours are counted back from each moment, so that some are free again before long. */
const DAILY_WAIT_MS = 3_600_000;
const CONCURRENT_WAIT_MS = 10_000;
const PASSES = ["QUERY_TIMEOUT", "SERVER_UNAVAILABLE", "UNABLE_TO_LOCK_ROW", "UNKNOWN_EXCEPTION"];
const NO_API = ["API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED"];

/** A field that was asked for is not one that the account may see. */
export class UnseenFieldError extends PermanentError {
  constructor(
    /** Name of the field, or of the relationship that leads to it. */
    readonly field: string,
  ) {
    super(`Salesforce shows this account no field '${field}'.`, {
      action: "Start the sync again; it asks which fields there are.",
    });
  }
}

/** @param share of the organisation's requests of 24 hours, in per cent, from which on the sync waits. */
export function refusalOf(answer: JsonAnswer, share: number): StoneturnerError | undefined {
  const [first] = refusalSchema.safeParse(answer.json).data ?? [];
  if (answer.status < 400 || first === undefined) return nearlyUsedUp(answer, share);
  const { errorCode, message } = first;
  if (errorCode === "REQUEST_LIMIT_EXCEEDED") {
    const isConcurrent = /concurrent/i.test(message ?? "");
    const wait = isConcurrent ? CONCURRENT_WAIT_MS : DAILY_WAIT_MS;
    const said = isConcurrent
      ? "Salesforce answers too many requests of this organisation at once."
      : "This Salesforce organisation has used up its API requests of 24 hours.";
    return new RateLimitedError(said, new Date(answer.now + wait));
  }
  if (errorCode === "INVALID_FIELD") {
    const field = /(?:No such column|Didn't understand relationship) '(\w+)'/.exec(message ?? "")?.[1];
    return field === undefined ? undefined : new UnseenFieldError(field);
  }
  if (PASSES.includes(errorCode)) return new TransientError(`Salesforce could not answer (${errorCode}).`);
  if (NO_API.includes(errorCode))
    return new PermanentError("Salesforce lets this account use no API.", {
      action: "An administrator gives its user the permission “API Enabled”, where the edition has one.",
    });
  return undefined;
}

/** Salesforce says with each answer how many requests the organisation has made, whoever made them. */
function nearlyUsedUp({ headers, now }: JsonAnswer, share: number): StoneturnerError | undefined {
  // An application's own allowance stands beside it, as `per-app-api-usage`.
  const usage = /(?:^|[;,])\s*api-usage=(\d+)\/(\d+)/.exec(headers.get("sforce-limit-info") ?? "");
  const [used, limit] = [Number(usage?.[1]), Number(usage?.[2])];
  if (usage === null || limit === 0 || used < (limit * share) / 100) return undefined;
  const said = `This Salesforce organisation has used ${used} of its ${limit} API requests of 24 hours.`;
  return new RateLimitedError(said, new Date(now + DAILY_WAIT_MS), {
    action: `The sync leaves the others to other programs, and goes on once less than ${share} % are used.`,
  });
}
