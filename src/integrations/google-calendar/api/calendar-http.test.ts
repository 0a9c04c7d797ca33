import { describe, expect, test } from "bun:test";
import { RateLimitedError } from "@/core/models/errors";
import { calendarOptionsSchema, spanOf } from "../models/options";
import { errorIn } from "./calendar-http";

const now = Date.parse("2026-05-01T10:00:00Z");

function read(
  status: number,
  reason: string,
  more: { location?: string; headers?: Record<string, string> } = {},
) {
  const json = {
    error: { code: status, message: "Said\nGoogle", errors: [{ reason, location: more.location }] },
  };
  return errorIn({ status, headers: new Headers(more.headers), json, now });
}

describe("a refusal of Google's", () => {
  test.each([
    [403, "userRateLimitExceeded", "RateLimitedError"],
    [403, "rateLimitExceeded", "RateLimitedError"],
    [403, "quotaExceeded", "RateLimitedError"],
    [429, "rateLimitExceeded", "RateLimitedError"],
    [403, "dailyLimitExceeded", "RateLimitedError"],
    [403, "accessNotConfigured", "AuthError"],
    [403, "insufficientPermissions", "AuthError"],
    [410, "fullSyncRequired", "CursorExpiredError"],
    [410, "", "CursorExpiredError"],
    // These the status says well enough.
    [403, "forbidden", undefined],
    [404, "notFound", undefined],
    [500, "backendError", undefined],
    [400, "invalid", undefined],
  ])("%d %s is told by its reason", (status, reason, name) => expect(read(status, reason)?.name).toBe(name));

  test("speaks of a place in a listing, or of something else", () => {
    expect(read(400, "invalid", { location: "pageToken" })?.name).toBe("CursorExpiredError");
    expect(read(400, "invalid", { location: "calendarId" })).toBeUndefined();
    expect(read(410, "fullSyncRequired")?.message).toBe("Google answered with 410: Said Google");
  });

  test("waits as long as it says, or until a quota of a minute comes near", () => {
    const wait = (headers: Record<string, string>) => {
      const error = read(403, "userRateLimitExceeded", { headers });
      return error instanceof RateLimitedError ? error.retryAt.getTime() - now : undefined;
    };
    expect([wait({}), wait({ "retry-after": "3" })]).toEqual([15_000, 3_000]);
  });

  test("is none in an answer that is no refusal, or no object", () => {
    const json = { error: { errors: [{ reason: "rateLimitExceeded" }] } };
    expect(errorIn({ status: 200, headers: new Headers(), json, now })).toBeUndefined();
    expect(errorIn({ status: 502, headers: new Headers(), json: ["no object"], now })).toBeUndefined();
  });
});

describe("the settings", () => {
  test("are a year back and a year ahead, without what is private or declined", () => {
    const options = calendarOptionsSchema.parse({});
    expect(options).toEqual({ calendars: [], aheadDays: 365, private: false, declined: false });
    expect(spanOf(options, now)).toEqual({ from: 20_209, to: 20_939 });
    const chosen = calendarOptionsSchema.parse({ since: "2025-01-31", aheadDays: "0" });
    expect(spanOf(chosen, now)).toEqual({ from: 20_119, to: 20_574 });
  });

  test("take ids of calendars", () => {
    const calendars = "primary, c_1a@group.calendar.google.com,en.uk#holiday@group.v.calendar.google.com";
    expect(calendarOptionsSchema.parse({ calendars }).calendars).toHaveLength(3);
  });

  test.each([
    { calendars: "Team" },
    { since: "soon" },
    { aheadDays: "-1" },
    { aheadDays: "1.5" },
    { aheadDays: "much" },
    { private: "perhaps" },
  ])("refuse %p", (options) => expect(calendarOptionsSchema.safeParse(options).success).toBe(false));
});
