import { describe, expect, test } from "bun:test";
import { absoluteTime, clockTime, dated, dayOf, duration, relativeTime } from "./dates";

const now = Date.parse("2026-05-03T12:00:00Z");

const after = (seconds: number) =>
  duration("2026-05-03T12:00:00Z", new Date(now + seconds * 1000).toISOString());

describe("times", () => {
  test("are told relative to now", () => {
    expect(relativeTime("2026-05-03T11:59:58Z", now)).toBe("just now");
    expect(relativeTime("2026-05-03T11:57:00Z", now)).toBe("3 minutes ago");
    expect(relativeTime("2026-05-02T10:00:00Z", now)).toBe("yesterday");
    expect(relativeTime("2026-05-03T12:30:00Z", now)).toBe("in 30 minutes");
    expect(relativeTime("2024-05-01T12:00:00Z", now)).toBe("2 years ago");
  });

  test("that are about to come are not told as if they had been", () => {
    expect(relativeTime("2026-05-03T12:00:20Z", now, "in a moment")).toBe("in a moment");
    expect(relativeTime("2026-05-03T12:05:00Z", now, "in a moment")).toBe("in 5 minutes");
  });

  test("are told exactly, with their zone", () => {
    expect(absoluteTime("2026-05-03T09:05:07Z", "UTC")).toBe("3 May 2026, 09:05:07 UTC");
    expect(dayOf("2026-05-03T23:30:00Z", "UTC")).toBe("3 May 2026");
    expect(clockTime("2026-05-03T09:05:07.042Z", "Asia/Tokyo")).toBe("18:05:07.042");
  });

  test("that stand for a day are that day in every zone", () => {
    for (const zone of ["America/Los_Angeles", "UTC", "Pacific/Auckland"]) {
      expect(dayOf("2026-06-30T00:00:00.000Z", zone)).toBe("30 Jun 2026");
      expect(dayOf("2026-06-30", zone)).toBe("30 Jun 2026");
      expect(dated("2026-06-30T00:00:00.000Z", zone)).toBe("30 Jun 2026");
    }
    expect(dayOf("2026-06-30T00:00:01.000Z", "America/Los_Angeles")).toBe("29 Jun 2026");
    expect(dated("2026-06-30T09:05:07.000Z", "UTC")).toBe("30 Jun 2026, 09:05:07 UTC");
  });

  test("that are none stay as they are", () => {
    expect(relativeTime("soon", now)).toBe("");
    expect(absoluteTime("soon")).toBe("soon");
    expect(dayOf("soon")).toBe("soon");
    expect(clockTime("soon")).toBe("soon");
  });

  test("have lengths in words", () => {
    expect([after(0), after(0.043), after(0.42), after(12.2), after(60), after(185), after(7800)]).toEqual([
      "0 ms",
      "43 ms",
      "0.4 s",
      "12 s",
      "1 min",
      "3 min 5 s",
      "2 h 10 min",
    ]);
    expect(duration("soon", "later")).toBe("");
  });
});
