import { boolean, index, json, primaryKey, table, text } from "@/core/db/table";
import type { CalendarEvent } from "../models/models";

/** Calendars that are read. */
export const googleCalendar = table(
  "googleCalendar",
  {
    account: text().notNull(),
    calendarId: text().notNull(),
    name: text().notNull(),
    description: text(),
    timeZone: text(),
    /** owner, writer or reader. */
    role: text(),
    isPrimary: boolean().notNull(),
    /** With which name, zone and settings all of it was read; null until then. */
    readAs: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.calendarId] })],
);

/** One row an artifact: an event, or a whole series. */
export const calendarEvent = table(
  "calendarEvent",
  {
    account: text().notNull(),
    /** calendarId, a slash, eventId. */
    eventKey: text().notNull(),
    calendarId: text().notNull(),
    eventId: text().notNull(),
    title: text().notNull(),
    /** Of a series, its first date. */
    startsAt: text(),
    endsAt: text(),
    allDay: boolean().notNull(),
    timeZone: text(),
    /** The rule in words; null for a single event. */
    repeats: text(),
    /** Day of a series' last date; null where it has no end, and for a single event. */
    lastDay: text(),
    location: text(),
    organizer: text(),
    /** accepted, declined, tentative or needsAction; null where the calendar's owner is no guest. */
    myAnswer: text(),
    status: text(),
    kind: text(),
    visibility: text(),
    meetingUrl: text(),
    url: text(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.eventKey] }),
    index("calendarEventCalendar").on(t.account, t.calendarId),
  ],
);

/** One row a guest of an event or series. */
export const calendarGuest = table(
  "calendarGuest",
  {
    account: text().notNull(),
    eventKey: text().notNull(),
    guest: text().notNull(),
    name: text(),
    answer: text(),
    comment: text(),
    organizer: boolean().notNull(),
    optional: boolean().notNull(),
    /** A room or a thing. */
    resource: boolean().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.eventKey, t.guest] })],
);

/**
 * One row a time at which something is: of a single event its own, of a series those of the months whose dates its artifact
 * names.
 */
export const calendarDate = table(
  "calendarDate",
  {
    account: text().notNull(),
    eventKey: text().notNull(),
    startsAt: text().notNull(),
    endsAt: text().notNull(),
    title: text().notNull(),
    location: text(),
    /** Whether this date is not as its series' rule says. */
    isChanged: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.eventKey, t.startsAt] }),
    index("calendarDateStart").on(t.account, t.startsAt),
  ],
);

/** What series are made of: each one's own row, and one a date that is not as its rule says. */
export const calendarPart = table(
  "calendarPart",
  {
    account: text().notNull(),
    calendarId: text().notNull(),
    eventId: text().notNull(),
    /** Equals eventId in a series' own row. */
    seriesId: text().notNull(),
    status: text(),
    originalStart: text(),
    startsAt: text(),
    event: json().$type<CalendarEvent>().notNull(),
    /** The listing of everything that met it last, while that is under way. */
    listing: text(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.calendarId, t.eventId] }),
    index("calendarPartSeries").on(t.account, t.calendarId, t.seriesId),
  ],
);
