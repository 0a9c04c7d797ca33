import { expect, test } from "bun:test";
import { AuthError, PermanentError, RateLimitedError } from "@/core/models/errors";
import { type GoogleRefusal, googleRefusals } from "./google-refusals";

const now = Date.parse("2026-05-01T12:00:00Z");
const told: GoogleRefusal[] = [];
const errorIn = googleRefusals("Google Chart API", (refusal) => {
  told.push(refusal);
  return refusal.reason === "ofItsOwn" ? new PermanentError(refusal.message) : undefined;
});
const read = (status: number, json: unknown, headers: Record<string, string> = {}) =>
  errorIn({ status, headers: new Headers(headers), json, now });
const refusal = (reason: string, message = "Said\nGoogle", location?: string) => ({
  error: { message, errors: [{ reason, location }] },
});

test.each([
  [403, "userRateLimitExceeded"],
  [403, "rateLimitExceeded"],
  [403, "quotaExceeded"],
  [403, "sharingRateLimitExceeded"],
  [403, "calendarUsageLimitsExceeded"],
  [429, "rateLimitExceeded"],
  [403, "dailyLimitExceeded"],
])("%d %s is a limit, not a missing permission", (status, reason) =>
  expect(read(status, refusal(reason))).toBeInstanceOf(RateLimitedError),
);

test.each([
  "accessNotConfigured",
  "insufficientPermissions",
  "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
  "domainPolicy",
])("403 %s is of the whole account, and says what to do", (reason) => {
  const error = read(403, refusal(reason));
  expect(error).toBeInstanceOf(AuthError);
  expect(error).toMatchObject({
    message: "Google answered with 403: Said Google",
    action: expect.stringContaining("Turn on the Google Chart API"),
  });
});

const words = (time: string) => `User-rate limit exceeded.  Retry after ${time}`;
test.each([
  ["a time in its words", 429, words("2026-05-01T12:14:30.5Z"), {}, 870_500],
  ["a time that is past", 429, words("2026-05-01T11:14:30Z"), {}, 15_000],
  ["a time nobody waits for", 429, words("2036-05-01T11:14:30Z"), {}, 15_000],
  ["its header", 429, "Too many concurrent requests for user.", { "retry-after": "7" }, 7_000],
  ["nothing", 403, "Quota exceeded for quota metric 'Queries'", {}, 15_000],
])("a limit that says %s is waited for", (_what, status, message, headers, wait) => {
  const error = read(status, refusal("rateLimitExceeded", message), headers);
  expect(error instanceof RateLimitedError ? error.retryAt.getTime() - now : undefined).toBe(wait);
});

test("the day's limit is waited for an hour at a time", () => {
  const error = read(403, refusal("dailyLimitExceeded"), { "retry-after": "7" });
  expect(error instanceof RateLimitedError ? error.retryAt.getTime() - now : undefined).toBe(3_600_000);
});

test("an API's own words are asked about with what Google said, and the rest the status says", () => {
  told.length = 0;
  expect(read(400, refusal("ofItsOwn", "No", "pageToken"))).toBeInstanceOf(PermanentError);
  expect(read(403, refusal("forbidden"))).toBeUndefined();
  expect(read(502, ["no object"])).toBeUndefined();
  expect(told).toEqual([
    { status: 400, reason: "ofItsOwn", location: "pageToken", message: "Google answered with 400: No" },
    { status: 403, reason: "forbidden", location: "", message: "Google answered with 403: Said Google" },
    { status: 502, reason: "", location: "", message: "Google answered with 502: " },
  ]);
});

test("what merely reads like a refusal is none", () => {
  told.length = 0;
  expect(read(200, refusal("rateLimitExceeded"))).toBeUndefined();
  expect(told).toEqual([]);
});
