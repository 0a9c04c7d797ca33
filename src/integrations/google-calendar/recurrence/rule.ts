/** RFC 5545's rules of recurrence, as far as calendars make them: by days, weeks, months and years. */
import { DAY_MS } from "@/lib/time";
import { parseDay, WEEKDAYS, weekdayOf } from "./days";
import { wallTime, type WallTime } from "./zones";

export interface Rule {
  every: "day" | "week" | "month" | "year";
  interval: number;
  count: number | undefined;
  /** The last day on which it may happen. */
  lastDay: number | undefined;
  /** `nth` is 0 for each such day, negative when counted from the end. */
  byDay: { weekday: number; nth: number }[];
  byMonthDay: number[];
  byMonth: number[];
  bySetPos: number[];
  weekStart: number;
}

/** How an event repeats. Without `rule`, `said` is what could not be read. */
export interface Recurrence {
  rule: Rule | undefined;
  said: string;
  /** Days that are left out, and days beside the rule's. */
  without: ReadonlySet<number>;
  also: readonly number[];
}

const EVERY: Readonly<Record<string, Rule["every"]>> = {
  ...{ DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" },
};
const KNOWN = /^(?:FREQ|INTERVAL|COUNT|UNTIL|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|WKST)$/;
/** No rule of people's names more than that. */
const MOST_ENTRIES = 60;

/** @param start of the first of them. */
export function recurrenceOf(lines: readonly string[], start: WallTime, zone: string): Recurrence {
  const rules = lines.filter((line) => /^(?:RRULE|EXRULE)\b/i.test(line));
  const days = (name: string) =>
    lines.filter((line) => line.toUpperCase().startsWith(name)).flatMap((line) => daysIn(line, zone));
  const only = rules.length === 1 ? rules[0] : undefined;
  return {
    rule: only === undefined ? undefined : ruleOf(only, start, zone),
    said: rules.map((line) => line.replace(/^\w+[:;]/, "")).join(" and "),
    without: new Set(days("EXDATE")),
    also: days("RDATE"),
  };
}

function ruleOf(line: string, start: WallTime, zone: string): Rule | undefined {
  const parts = new Map(
    line
      .replace(/^RRULE[:;]/i, "")
      .split(";")
      .map((part) => part.toUpperCase().split("="))
      .map(([name = "", value = ""]) => [name, value]),
  );
  const every = EVERY[parts.get("FREQ") ?? ""];
  if (every === undefined || [...parts.keys()].some((name) => !KNOWN.test(name))) return undefined;
  const numbers = (name: string) => list(parts.get(name)).map(Number).filter(Number.isInteger);
  const [interval = 1] = numbers("INTERVAL");
  const byDay = list(parts.get("BYDAY"))
    .flatMap((entry) => weekdayIn(entry) ?? [])
    .sort((a, b) => a.weekday - b.weekday);
  // Which Friday of a whole year is what no calendar's form offers.
  if (every === "year" && byDay.length > 0 && !parts.has("BYMONTH")) return undefined;
  return {
    every,
    interval: Math.max(1, interval),
    count: numbers("COUNT")[0],
    lastDay: lastDayOf(parts.get("UNTIL"), start, zone),
    byDay,
    byMonthDay: numbers("BYMONTHDAY"),
    byMonth: numbers("BYMONTH"),
    bySetPos: numbers("BYSETPOS"),
    weekStart: weekdayIn(parts.get("WKST") ?? "MO")?.weekday ?? 0,
  };
}

const list = (value: string | undefined) =>
  (value ?? "")
    .split(",")
    .filter((entry) => entry !== "")
    .slice(0, MOST_ENTRIES);

/** `MO`, `2TU`, `-1FR`. */
function weekdayIn(entry: string): { weekday: number; nth: number } | undefined {
  const [, nth = "", name = ""] = /^([+-]?\d{0,2})(MO|TU|WE|TH|FR|SA|SU)$/.exec(entry) ?? [];
  const weekday = WEEKDAYS.findIndex((day) => day.toUpperCase().startsWith(name));
  return name === "" ? undefined : { weekday, nth: Number(nth) };
}

/** UNTIL is a day, or an instant up to which one may still begin. */
function lastDayOf(until: string | undefined, start: WallTime, zone: string): number | undefined {
  const wall = until === undefined ? undefined : momentIn(until, zone);
  if (wall === undefined) return undefined;
  return wall.minutes === undefined || wall.minutes >= start.minutes ? wall.day : wall.day - 1;
}

/** `20260501`, `20260501T100000` in the zone, or `20260501T080000Z`. */
function momentIn(text: string, zone: string): { day: number; minutes: number | undefined } | undefined {
  const day = parseDay(text);
  const [, hour, minute, zulu] = /T(\d\d)(\d\d)\d{0,2}(Z?)$/.exec(text) ?? [];
  if (day === undefined || hour === undefined)
    return day === undefined ? undefined : { day, minutes: undefined };
  const minutes = Number(hour) * 60 + Number(minute);
  return zulu === "Z" ? wallTime(day * DAY_MS + minutes * 60_000, zone) : { day, minutes };
}

function daysIn(line: string, zone: string): number[] {
  const values = line.slice(line.lastIndexOf(":") + 1).toUpperCase();
  return values.split(",").flatMap((value) => momentIn(value, zone)?.day ?? []);
}

/** The rule's days of the week, or else that of its first day. */
export function weekdaysOf({ byDay }: Rule, start: number): number[] {
  return byDay.length === 0 ? [weekdayOf(start)] : byDay.map(({ weekday }) => weekday);
}
