import { describe, expect, test } from "bun:test";
import { calendarOptionsSchema, spanOf } from "../models/options";
import { errorIn } from "./calendar-http";

const now = Date.parse("2026-05-01T10:00:00Z");

const read = (status: number, reason: string, location?: string) =>
  errorIn({ status, headers: new Headers(), json: { error: { errors: [{ reason, location }] } }, now });

test.each([
  [403, "rateLimitExceeded", "RateLimitedError"],
  [403, "domainPolicy", "AuthError"],
  [410, "fullSyncRequired", "CursorExpiredError"],
  [410, "", "CursorExpiredError"],
  // These the status says well enough.
  [403, "forbidden", undefined],
  [404, "notFound", undefined],
  [400, "invalid", undefined],
])("a refusal with %d %s is told by its reason", (status, reason, name) =>
  expect(read(status, reason)?.name).toBe(name),
);

test("a refusal speaks of a place in a listing, or of something else", () => {
  expect(read(400, "invalid", "pageToken")?.name).toBe("CursorExpiredError");
  expect(read(400, "invalid", "syncToken")?.name).toBe("CursorExpiredError");
  expect(read(400, "invalid", "calendarId")).toBeUndefined();
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
