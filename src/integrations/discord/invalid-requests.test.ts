import { expect, test } from "bun:test";
import { RateLimitedError } from "@/core/models/errors";
import { createInvalidRequests } from "./invalid-requests";

test("too many refusals within ten minutes stop everything until they are over", () => {
  let now = 1_000_000;
  const invalid = createInvalidRequests(() => now, 3);
  for (const status of [401, 403, 429]) {
    invalid.check();
    invalid.count(status, null);
  }
  expect(() => invalid.check()).toThrow(RateLimitedError);
  expect(() => invalid.check()).toThrow("Discord refused 3 requests within ten minutes");
  now += 600_000;
  invalid.check();
  invalid.count(403, "user");
  invalid.check();
});

test("answers, other errors and limits that are shared with others do not count", () => {
  const invalid = createInvalidRequests(() => 0, 1);
  for (const status of [200, 404, 500]) invalid.count(status, null);
  invalid.count(429, "shared");
  invalid.check();
  invalid.count(429, "global");
  expect(() => invalid.check()).toThrow(RateLimitedError);
});
