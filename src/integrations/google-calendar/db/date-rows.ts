import { DAY_MS } from "@/lib/time";
import type { CalendarEvent } from "../models/models";
import { instantOf } from "../recurrence/zones";
import { titleOf } from "../render/render-event";
import { type Entry, isPrivate, keyOf } from "../sync-steps/entries";
import type { calendarDate } from "./schema";

type Row = typeof calendarDate.$inferInsert;

/** When an event is, or a series within the months whose dates are worked out. */
export function dateRows(account: string, entry: Entry): Row[] {
  const { event, lasts, series, zone, calendar } = entry;
  const eventKey = keyOf(calendar.id, event.id);
  const row = (start: number, end: number, told: CalendarEvent, isChanged: boolean): Row => ({
    ...{ account, eventKey, startsAt: iso(start), endsAt: iso(end) },
    ...{ title: titleOf(told), location: told.location ?? null, isChanged },
  });
  if (series === undefined) return [row(lasts.start.instant, lasts.end.instant, event, false)];
  const takes = lasts.end.instant - lasts.start.instant;
  const { minutes } = lasts.start;
  const byRule = series.dates.byRule.map((day) => {
    const start = minutes === undefined ? day * DAY_MS : instantOf({ day, minutes }, zone);
    return row(start, start + takes, event, false);
  });
  const shown = new Set(series.dates.shown);
  const changed = series.exceptions.flatMap(({ event: own, lasts: at }) => {
    if (at === undefined || !shown.has(at.start.day)) return [];
    // Of a private date, where those are left out, only its times are known.
    const told = isPrivate(own) && !own.summary ? { ...own, summary: "Private", location: null } : own;
    return [row(at.start.instant, at.end.instant, told, true)];
  });
  // Two dates may have been moved to one time, and one statement cannot write the same row twice.
  return [...new Map([...byRule, ...changed].map((one) => [one.startsAt, one])).values()];
}

const iso = (instant: number) => new Date(instant).toISOString();
