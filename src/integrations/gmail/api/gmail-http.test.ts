import { expect, test } from "bun:test";
import { AuthError, CursorExpiredError, RateLimitedError } from "@/core/models/errors";
import { errorIn } from "./gmail-http";

const now = Date.parse("2026-05-01T12:00:00Z");
const answer = (status: number, reason: string, message: string, headers: Record<string, string> = {}) =>
  errorIn({ status, headers: new Headers(headers), json: { error: { message, errors: [{ reason }] } }, now });

test.each([
  [
    "a time in its words",
    429,
    "rateLimitExceeded",
    "User-rate limit exceeded.  Retry after 2026-05-01T12:14:30.5Z",
    {},
    870_500,
  ],
  [
    "a time that is past",
    429,
    "rateLimitExceeded",
    "User-rate limit exceeded.  Retry after 2026-05-01T11:14:30Z",
    {},
    15_000,
  ],
  [
    "its header",
    429,
    "userRateLimitExceeded",
    "Too many concurrent requests for user.",
    { "retry-after": "7" },
    7_000,
  ],
  ["nothing", 403, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries'", {}, 15_000],
  ["the day's end", 403, "dailyLimitExceeded", "Daily Limit Exceeded", {}, 3_600_000],
])("a limit that says %s is waited for", (_what, status, reason, message, headers, wait) => {
  const error = answer(status, reason, message, headers);
  expect(error).toBeInstanceOf(RateLimitedError);
  expect(error instanceof RateLimitedError ? error.retryAt?.getTime() : undefined).toBe(now + wait);
});

test.each([
  [403, "accessNotConfigured", "Gmail API has not been used in project 1 before or it is disabled."],
  [403, "insufficientPermissions", "Request had insufficient authentication scopes."],
  [403, "domainPolicy", "The domain administrators have disabled Gmail apps."],
  [400, "failedPrecondition", "Mail service not enabled"],
])("%d %s says what to do about the account", (status, reason, message) => {
  const error = answer(status, reason, message);
  expect(error).toBeInstanceOf(AuthError);
  expect(error?.message).toContain(message);
  expect(error?.action).toBeTruthy();
});

test("a page token that is not known begins the listing anew; the rest the status says", () => {
  expect(answer(400, "invalidArgument", "Invalid pageToken")).toBeInstanceOf(CursorExpiredError);
  expect(answer(400, "invalidArgument", "Invalid label: Label_9")).toBeUndefined();
  expect(answer(404, "notFound", "Requested entity was not found.")).toBeUndefined();
  expect(errorIn({ status: 502, headers: new Headers(), json: undefined, now })).toBeUndefined();
  expect(
    errorIn({ status: 200, headers: new Headers(), json: { error: { errors: [] } }, now }),
  ).toBeUndefined();
});
