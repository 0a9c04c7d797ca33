import { describe, expect, test } from "bun:test";
import { dayWords, parseDay } from "./days";
import { occurrences } from "./occurrences";
import { recurrenceOf } from "./rule";
import { monthsFrom, seriesDates } from "./series-dates";
import { recurrenceWords } from "./words";
import { instantOf, isKnownZone, wallTime } from "./zones";

const ZONE = "Europe/Berlin";
const day = (text: string) => parseDay(text) ?? Number.NaN;
const shown = (days: readonly number[]) =>
  days.map((one) => new Date(one * 86_400_000).toISOString().slice(0, 10));

function read(lines: string[], start: string, minutes = 600) {
  return recurrenceOf(lines, { day: day(start), minutes }, ZONE);
}

function daysOf(rule: string, start: string, most = 5): string[] {
  const { rule: parsed } = read([`RRULE:${rule}`], start);
  return parsed === undefined ? ["unread"] : shown(occurrences(parsed, day(start)).take(most).toArray());
}

describe("the days of a rule", () => {
  // What python-dateutil 2.9 makes of the same rules.
  test.each([
    ["FREQ=DAILY;INTERVAL=3;COUNT=3", "2026-02-26", ["2026-02-26", "2026-03-01", "2026-03-04"]],
    ["FREQ=DAILY;BYDAY=SA;UNTIL=20260418", "2026-04-04", ["2026-04-04", "2026-04-11", "2026-04-18"]],
    [
      "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2;COUNT=4",
      "2026-01-05",
      ["2026-01-05", "2026-01-07", "2026-01-19", "2026-01-21"],
    ],
    [
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=3",
      "2026-08-04",
      ["2026-08-04", "2026-08-16", "2026-08-18"],
    ],
    ["FREQ=MONTHLY;COUNT=3", "2026-01-31", ["2026-01-31", "2026-03-31", "2026-05-31"]],
    ["FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "2026-01-30", ["2026-01-30", "2026-02-27", "2026-03-27"]],
    [
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
      "2026-01-30",
      ["2026-01-30", "2026-02-27", "2026-03-31"],
    ],
    ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3", "2026-02-13", ["2026-02-13", "2026-03-13", "2026-11-13"]],
    ["FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2026-01-31", ["2026-01-31", "2026-02-28", "2026-03-31"]],
    ["FREQ=YEARLY;COUNT=2", "2024-02-29", ["2024-02-29", "2028-02-29"]],
    ["FREQ=YEARLY;BYMONTH=5;BYDAY=2SU;COUNT=2", "2026-05-10", ["2026-05-10", "2027-05-09"]],
  ])("%s from %s", (rule, start, days) => expect(daysOf(rule, start)).toEqual(days));

  test("end where nothing ever fits, and are not guessed of a rule that is not known here", () => {
    expect(daysOf("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2", "2026-01-05")).toEqual(["2026-01-05"]);
    expect(daysOf("FREQ=HOURLY", "2026-01-05")).toEqual(["unread"]);
    expect(daysOf("FREQ=YEARLY;BYWEEKNO=20", "2026-01-05")).toEqual(["unread"]);
    expect(daysOf("FREQ=DAILY;BYDAY=;INTERVAL=0;COUNT=x", "2026-01-05", 2)).toEqual([
      "2026-01-05",
      "2026-01-06",
    ]);
  });

  test("end with the last that begins in time, by the clocks of its zone", () => {
    const last = (until: string, minutes: number) => {
      const { rule } = recurrenceOf(
        [`RRULE:FREQ=DAILY;UNTIL=${until}`],
        { day: day("2026-07-01"), minutes },
        ZONE,
      );
      return rule?.lastDay === undefined ? undefined : shown([rule.lastDay])[0];
    };
    // 22:30 in London's summer is half past midnight in Berlin.
    expect(last("20260703T223000Z", 15)).toBe("2026-07-04");
    expect(last("20260703T223000Z", 600)).toBe("2026-07-03");
    expect(last("20260703", 1_380)).toBe("2026-07-03");
  });
});

test.each([
  ["FREQ=DAILY", "every day"],
  ["FREQ=WEEKLY;BYDAY=FR,MO,TU,TH,WE", "every week on Monday to Friday"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,MO;COUNT=10", "every 2 weeks on Monday and Wednesday, 10 times"],
  ["FREQ=WEEKLY;UNTIL=20261218T225959Z", "every week on Monday, until Friday 18 December 2026"],
  ["FREQ=MONTHLY", "every month on the 5th"],
  ["FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday"],
  ["FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"],
  ["FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"],
  ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1,22", "every 3 months on the 1st and the 22nd"],
  ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last of Monday to Friday"],
  ["FREQ=YEARLY", "every year on 5 January"],
  ["FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "every year on the second Sunday in May"],
  ["FREQ=WEEKLY;COUNT=1", "every week on Monday, once"],
  ["FREQ=HOURLY;INTERVAL=2", "by the rule FREQ=HOURLY;INTERVAL=2"],
])("%s reads as %s", (rule, words) =>
  expect(recurrenceWords(read([`RRULE:${rule}`], "2026-01-05"), day("2026-01-05"))).toBe(words),
);

describe("the dates of a series", () => {
  const months = { from: day("2026-02-01"), to: day("2026-04-30") };
  const none = { away: new Set<number>(), added: [] };
  const of = (lines: string[], changed: { away: ReadonlySet<number>; added: number[] } = none) => {
    const dates = seriesDates(read(lines, "2026-01-05"), day("2026-01-05"), changed, months);
    if (dates === undefined) return undefined;
    const { first, last, shown: days } = dates;
    return [shown([first])[0], last === undefined ? undefined : shown([last])[0], shown(days).join(" ")];
  };

  test("leave out what was taken out, and take in what was added or moved", () => {
    const lines = [
      "RRULE:FREQ=MONTHLY;COUNT=4",
      "EXDATE;TZID=Europe/Berlin:20260205T100000",
      "RDATE:20260220T090000Z,20260221T090000Z",
    ];
    expect(of(lines)).toEqual(["2026-01-05", "2026-04-05", "2026-02-20 2026-02-21 2026-03-05 2026-04-05"]);
    const changed = { away: new Set([day("2026-04-05"), day("2026-02-21")]), added: [day("2026-05-02")] };
    expect(of(lines, changed)).toEqual(["2026-01-05", "2026-05-02", "2026-02-20 2026-03-05"]);
  });

  test("have no last one without an end, and name the next where none is near", () => {
    expect(of(["RRULE:FREQ=YEARLY"])).toEqual(["2026-01-05", undefined, "2027-01-05"]);
    expect(of(["RRULE:FREQ=MONTHLY;INTERVAL=2"])).toEqual(["2026-01-05", undefined, "2026-03-05"]);
    expect(of(["RRULE:FREQ=DAILY;COUNT=3"])).toEqual(["2026-01-05", "2026-01-07", ""]);
    expect(of(["RRULE:FREQ=HOURLY"])).toEqual(["2026-01-05", undefined, ""]);
  });

  test("begin with the first that takes place, and are none where all were cancelled", () => {
    const away = (...days: string[]) => ({ away: new Set(days.map(day)), added: [] });
    const lines = ["RRULE:FREQ=DAILY;COUNT=2"];
    expect(of(lines, away("2026-01-05"))).toEqual(["2026-01-06", "2026-01-06", ""]);
    expect(of(lines, away("2026-01-05", "2026-01-06"))).toBeUndefined();
    expect(of(["RDATE:20260210T090000Z"])).toEqual(["2026-01-05", "2026-02-10", "2026-02-10"]);
  });

  test("have no end by a rule that is not known here, whatever was moved", () => {
    const changed = { away: new Set([day("2026-02-03")]), added: [day("2026-02-04")] };
    expect(of(["RRULE:FREQ=HOURLY"], changed)).toEqual(["2026-01-05", undefined, "2026-02-04"]);
  });

  test("are those of the month of the reading and the next two, on whichever day of it", () => {
    const within = (now: string) => shown(Object.values(monthsFrom(Date.parse(now))));
    expect(within("2026-11-01T00:00:00Z")).toEqual(["2026-11-01", "2027-01-31"]);
    expect(within("2026-11-30T23:59:59Z")).toEqual(["2026-11-01", "2027-01-31"]);
  });
});

test("clocks on the wall are those of the zone, in summer and in winter", () => {
  expect(wallTime(Date.parse("2026-03-29T00:59:00Z"), ZONE)).toEqual({
    day: day("2026-03-29"),
    minutes: 119,
  });
  expect(wallTime(Date.parse("2026-03-29T01:00:00Z"), ZONE)).toEqual({
    day: day("2026-03-29"),
    minutes: 180,
  });
  for (const [date, minutes, instant] of [
    ["2026-01-05", 600, "2026-01-05T09:00:00.000Z"],
    ["2026-07-05", 600, "2026-07-05T08:00:00.000Z"],
    ["2026-07-05", 15, "2026-07-04T22:15:00.000Z"],
  ] as const)
    expect(new Date(instantOf({ day: day(date), minutes }, ZONE)).toISOString()).toBe(instant);
  expect([isKnownZone("Europe/Berlin"), isKnownZone("Middle/Earth")]).toEqual([true, false]);
  expect(wallTime(0, "Middle/Earth")).toEqual({ day: 0, minutes: 0 });
});

test("a day is read in both ways of writing it, and one that is none is refused", () => {
  expect([dayWords(day("2026-05-01")), dayWords(day("19691231T120000Z"))]).toEqual([
    "Friday 1 May 2026",
    "Wednesday 31 December 1969",
  ]);
  expect([parseDay("2026-02-30"), parseDay("soon"), parseDay(null)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
