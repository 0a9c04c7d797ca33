/** What one artifact is made of: an event, or a series with the dates that are not as its rule says. */
import type { Calendar, CalendarEvent } from "../models/models";
import type { CalendarOptions, Span } from "../models/options";
import { type Recurrence, recurrenceOf } from "../recurrence/rule";
import { type Months, type SeriesDates, seriesDates } from "../recurrence/series-dates";
import { atOf, type Lasts, lastsOf, zoneOf } from "../render/when";

/** What does not differ from event to event of a calendar. */
export interface Scene {
  calendar: Calendar;
  options: CalendarOptions;
  span: Span;
  months: Months;
}

export interface Entry {
  calendar: Calendar;
  /** The event; of a series its own row, or a date of it where that is all there is to see. */
  event: CalendarEvent;
  zone: string;
  lasts: Lasts;
  series: Series | undefined;
}

export interface Series {
  recurrence: Recurrence;
  /** By when they would be, oldest first. */
  exceptions: { event: CalendarEvent; original: number; lasts: Lasts | undefined }[];
  dates: SeriesDates;
}

export const keyOf = (calendarId: string, eventId: string) => `${calendarId}/${eventId}`;

/** Undefined for an event without a time, of which there is nothing to say. */
export function singleEntry({ calendar }: Scene, event: CalendarEvent): Entry | undefined {
  const zone = zoneOf(event, calendar.timeZone);
  const lasts = lastsOf(event, zone);
  return lasts && { calendar, event, zone, lasts, series: undefined };
}

/** @param parts all that is known of one series; undefined where none of it takes place. */
export function seriesEntry(
  { calendar, months }: Scene,
  id: string,
  parts: readonly CalendarEvent[],
): Entry | undefined {
  const own = parts.find((part) => part.id === id && part.status !== "cancelled");
  const others = parts.filter((part) => part.id !== id);
  const event = own ?? others.find(({ status }) => status !== "cancelled");
  if (event === undefined) return undefined;
  const zone = zoneOf(event, calendar.timeZone);
  const lasts = lastsOf(event, zone);
  if (lasts === undefined) return undefined;
  const exceptions = others
    .flatMap((part) => {
      const original = atOf(part.originalStartTime, zone) ?? atOf(part.start, zone);
      const isOn = part.status !== "cancelled";
      return original
        ? [{ event: part, original: original.day, lasts: isOn ? lastsOf(part, zone) : undefined }]
        : [];
    })
    .sort((a, b) => a.original - b.original || (a.event.id < b.event.id ? -1 : 1));
  const { day, minutes = 0 } = lasts.start;
  const recurrence = recurrenceOf(own?.recurrence ?? [], { day, minutes }, zone);
  const changed = {
    away: new Set(exceptions.map(({ original }) => original)),
    added: exceptions.flatMap((one) => one.lasts?.start.day ?? []),
  };
  const dates = seriesDates(recurrence, day, changed, months);
  if (dates === undefined) return undefined;
  return { calendar, event: { ...event, id }, zone, lasts, series: { recurrence, exceptions, dates } };
}

/** Kinds that people do not write: where somebody works, whose birthday it is, time that is blocked. */
const OWN_KINDS = new Set(["workingLocation", "birthday", "focusTime"]);

/** In words, for an event that is not kept although it is there. */
export function whyLeftOut({ event }: Entry, { options }: Scene): string | undefined {
  if (OWN_KINDS.has(event.eventType ?? "")) return `Events of the kind ${event.eventType} are left out.`;
  if (isPrivate(event) && !options.private) return "It is private.";
  if (isPrivate(event) && !event.summary && !event.description)
    return "Only that somebody is busy can be seen.";
  if (answerOf(event) === "declined" && !options.declined) return "It was declined.";
  return undefined;
}

export const isPrivate = ({ visibility }: CalendarEvent) =>
  visibility === "private" || visibility === "confidential";

/** What the calendar's owner answered. */
export const answerOf = ({ attendees }: CalendarEvent) =>
  attendees.find(({ self }) => self === true)?.responseStatus;

/** Whether some of it lies in the days that are kept. */
export function isWithin({ lasts, series }: Entry, { from, to }: Span): boolean {
  if (series === undefined) return lasts.start.day <= to && lasts.end.day >= from;
  const { first, last } = series.dates;
  return first <= to && (last === undefined || last >= from);
}
