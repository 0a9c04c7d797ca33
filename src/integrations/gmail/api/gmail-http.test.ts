import { expect, test } from "bun:test";
import { AuthError, CursorExpiredError, RateLimitedError } from "@/core/models/errors";
import { errorIn } from "./gmail-http";

const now = Date.parse("2026-05-01T12:00:00Z");
const answer = (status: number, reason: string, message: string) =>
  errorIn({ status, headers: new Headers(), json: { error: { message, errors: [{ reason }] } }, now });

test.each([
  [403, "accessNotConfigured", "Gmail API has not been used in project 1 before or it is disabled."],
  [400, "failedPrecondition", "Mail service not enabled"],
])("%d %s says what to do about the account", (status, reason, message) => {
  const error = answer(status, reason, message);
  expect(error).toBeInstanceOf(AuthError);
  expect(error?.message).toContain(message);
  expect(error?.action).toContain("Turn on");
});

test("a page token that is not known begins the listing anew; the rest the status says", () => {
  expect(answer(400, "invalidArgument", "Invalid pageToken")).toBeInstanceOf(CursorExpiredError);
  expect(answer(400, "invalidArgument", "Invalid label: Label_9")).toBeUndefined();
  expect(answer(404, "notFound", "Requested entity was not found.")).toBeUndefined();
  expect(answer(429, "userRateLimitExceeded", "Too many concurrent requests")).toBeInstanceOf(
    RateLimitedError,
  );
});
