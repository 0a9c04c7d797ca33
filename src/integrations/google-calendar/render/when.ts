/** When something is, as people of its time zone say it. */
import { DAY_MS } from "@/lib/time";
import type { CalendarEvent, Moment } from "../models/models";
import { dayWords, MONTHS, parseDay, partsOf } from "../recurrence/days";
import { isKnownZone, wallTime } from "../recurrence/zones";

export interface At {
  day: number;
  /** Since midnight; undefined for a whole day. */
  minutes: number | undefined;
  /** In milliseconds. */
  instant: number;
}

export function zoneOf(event: CalendarEvent, calendarZone: string | null | undefined): string {
  return [event.start?.timeZone, calendarZone].find((zone) => zone && isKnownZone(zone)) ?? "UTC";
}

export function atOf(moment: Moment | null | undefined, zone: string): At | undefined {
  const day = parseDay(moment?.date);
  if (day !== undefined) return { day, minutes: undefined, instant: day * DAY_MS };
  const instant = Date.parse(moment?.dateTime ?? "");
  return Number.isNaN(instant) ? undefined : { ...wallTime(instant, zone), instant };
}

export interface Lasts {
  start: At;
  end: At;
}

/** The end of whole days is the last of them, where Google says the day after. */
export function lastsOf(event: CalendarEvent, zone: string): Lasts | undefined {
  const start = atOf(event.start, zone);
  if (start === undefined) return undefined;
  const end = atOf(event.end, zone) ?? start;
  if (end.minutes !== undefined) return { start, end };
  return { start, end: { ...end, day: Math.max(start.day, end.day - 1) } };
}

/** `Monday 5 January 2026, 10:00 to 10:30`. */
export function spanWords({ start, end }: Lasts): string {
  const [from, to] = [timeWords(start), timeWords(end)];
  const first = [dayWords(start.day), from].filter(Boolean).join(", ");
  if (start.day !== end.day) return `${first} to ${[dayWords(end.day), to].filter(Boolean).join(", ")}`;
  return from === to ? first : `${first} to ${to}`;
}

/** `10:00 to 10:30`; `all day`. */
export function hoursWords({ start, end }: Lasts): string {
  const days = end.day - start.day;
  if (start.minutes === undefined) return days === 0 ? "all day" : `${days + 1} days`;
  const later = days === 0 ? "" : days === 1 ? " the day after" : `, ${days} days later`;
  return start.instant === end.instant
    ? timeWords(start)
    : `${timeWords(start)} to ${timeWords(end)}${later}`;
}

function timeWords({ minutes }: At): string {
  if (minutes === undefined) return "";
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** `November 2026: 2, 9, 16`, a line a month. */
export function datesByMonth(days: readonly number[]): string[] {
  const monthOf = (day: number) => {
    const { month, year } = partsOf(day);
    return `${MONTHS[month - 1]} ${year}`;
  };
  return [...Map.groupBy(days, monthOf)].map(
    ([month, all]) => `${month}: ${all.map((day) => partsOf(day).date).join(", ")}`,
  );
}
