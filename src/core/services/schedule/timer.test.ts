import { describe, expect, test } from "bun:test";
import { assert, constantFrom, date, integer, property } from "fast-check";
import { InputError } from "@/core/models/errors";
import { presetCron } from "./presets";
import { localTimeZone, nextTimes, parseTimer } from "./timer";

const errorOf = (body: () => unknown): InputError => {
  try {
    body();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("It was taken.");
};
const iso = (times: readonly Date[]) => times.map((time) => time.toISOString());

describe("words", () => {
  test.each([
    ["every 15 minutes", "*/15 * * * *"],
    ["every minute", "* * * * *"],
    ["Every  2 Hours", "0 */2 * * *"],
    ["hourly", "0 * * * *"],
    ["daily at 03:00", "0 3 * * *"],
    ["nightly", "0 3 * * *"],
    ["weekdays at 7:30", "30 7 * * 1-5"],
    ["weekly", "0 3 * * 0"],
    ["weekly on Monday at 23:59", "59 23 * * 1"],
  ])("%p is %p", (words, cron) => {
    expect(presetCron(words)).toBe(cron);
    expect(parseTimer(words, "UTC").cron).toBe(cron);
  });

  test.each(["every 7 minutes", "every 0 hours", "daily at 24:00", "daily at noon", "weekly on someday", ""])(
    "%p is no preset",
    (words) => {
      expect(presetCron(words)).toBeUndefined();
      expect(errorOf(() => parseTimer(words, "UTC")).action).toContain("every 15 minutes");
    },
  );
});

describe("a cron expression", () => {
  test("has a summary in plain words, with its time zone", () => {
    expect(parseTimer("30 6 * * 1-5", "Europe/Berlin").summary).toBe(
      "At 06:30, Monday through Friday (Europe/Berlin)",
    );
    expect(parseTimer("every 15 minutes", "UTC").summary).toBe("Every 15 minutes (UTC)");
  });

  test("gives the next runs after any moment, in its own time zone", () => {
    const timer = parseTimer("0 3 * * *", "America/New_York");
    expect(iso(nextTimes(timer, new Date("2026-06-01T07:00:00Z"), 2))).toEqual([
      "2026-06-02T07:00:00.000Z",
      "2026-06-03T07:00:00.000Z",
    ]);
    expect(parseTimer("hourly").timeZone).toBe(localTimeZone());
  });

  test.each(["61 * * * *", "* * * * * *", "@daily", "30 2 30 2 *", "*/0 * * * *", "a b c d e", "* * * *"])(
    "%p is refused with what is taken",
    (cron) => {
      const error = errorOf(() => parseTimer(cron, "UTC"));
      expect(error.message).toContain(cron);
      expect(error.details).toMatchObject([
        { field: "cron", message: expect.stringContaining("30 6 * * 1-5") },
      ]);
    },
  );

  test("a time zone that does not exist is refused with near ones", () => {
    const error = errorOf(() => parseTimer("hourly", "Europe/Berlni"));
    expect(error).toMatchObject({ details: [{ field: "timeZone" }], action: "Did you mean Europe/Berlin?" });
    expect(errorOf(() => parseTimer("hourly", "Mars")).action).toContain("Europe/Berlin");
  });
});

describe("when the clock changes", () => {
  test("a time that is skipped comes after the gap; one that comes twice is taken once", () => {
    const timer = parseTimer("30 2 * * *", "Europe/Berlin");
    expect(iso(nextTimes(timer, new Date("2026-03-28T12:00:00Z"), 2))).toEqual([
      "2026-03-29T01:00:00.000Z",
      "2026-03-30T00:30:00.000Z",
    ]);
    expect(iso(nextTimes(timer, new Date("2026-10-24T12:00:00Z"), 2))).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-26T01:30:00.000Z",
    ]);
  });

  test("no day is missed and none comes twice, whatever the zone and the time of day", () => {
    const zones = [
      "Europe/Berlin",
      "America/New_York",
      "America/Santiago",
      "Africa/Cairo",
      "Australia/Lord_Howe",
    ];
    const minute = integer({ min: 0, max: 59 });
    const hour = integer({ min: 0, max: 23 });
    const start = date({ min: new Date("2025-01-01"), max: new Date("2029-01-01"), noInvalidDate: true });
    assert(
      property(constantFrom(...zones), minute, hour, start, (zone, m, h, from) => {
        const day = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
        const days = nextTimes(parseTimer(`${m} ${h} * * *`, zone), from, 370).map((time) =>
          day.format(time),
        );
        const first = Date.parse(days[0] ?? "");
        const each = days.map((_, index) => new Date(first + index * 86_400_000).toISOString().slice(0, 10));
        expect(days).toEqual(each);
      }),
      { numRuns: 20 },
    );
  });
});
