/** Rows of calendars, events, guests, and of what series are made of. */
import { and, eq, gt, inArray, isNull, ne, notInArray, or } from "drizzle-orm";
import { removeOwnRows, rowsOfAccount, saveOwnRows, upsertRows } from "@/core/db/own-rows";
import type { Db } from "@/core/models/database";
import { batches } from "@/lib/batches";
import { plainLine } from "@/lib/clean-text";
import { DAY_MS } from "@/lib/time";
import type { Calendar, CalendarEvent } from "../models/models";
import { recurrenceWords } from "../recurrence/words";
import { meetingOf, titleOf } from "../render/render-event";
import { nameOf } from "../render/people";
import { answerOf, type Entry, keyOf } from "../sync-steps/entries";
import { dateRows } from "./date-rows";
import { calendarDate, calendarEvent, calendarGuest, calendarPart, googleCalendar } from "./schema";

/** Whose rows they are, and of which calendar. */
export interface Place {
  account: string;
  calendarId: string;
}

const partsOf = ({ account, calendarId }: Place) =>
  and(eq(calendarPart.account, account), eq(calendarPart.calendarId, calendarId));

export const knownCalendars = (db: Db, account: string) => rowsOfAccount(db, googleCalendar, account);

/** @param readAs null while it is read for the first time. */
export async function saveCalendar(
  tx: Db,
  account: string,
  calendar: Calendar,
  readAs: string | null,
): Promise<void> {
  const row = {
    account,
    calendarId: calendar.id,
    name: plainLine(calendar.summaryOverride || calendar.summary || calendar.id),
    description: calendar.description ?? null,
    timeZone: calendar.timeZone ?? null,
    role: calendar.accessRole ?? null,
    isPrimary: calendar.primary === true,
    readAs,
  };
  await saveOwnRows(tx, googleCalendar, googleCalendar.calendarId, [row]);
}

/** What is left of a calendar beside its events, which are taken out one by one. */
export async function forgetCalendar(tx: Db, place: Place): Promise<void> {
  await removeOwnRows(tx, googleCalendar, googleCalendar.calendarId, place.account, [place.calendarId]);
  await tx.delete(calendarPart).where(partsOf(place));
}

export async function saveEntries(tx: Db, account: string, entries: readonly Entry[]): Promise<void> {
  const rows = entries.map((entry) => eventRow(account, entry));
  await saveOwnRows(tx, calendarEvent, calendarEvent.eventKey, rows);
  const keys = rows.map(({ eventKey }) => eventKey);
  await removeOwnRows(tx, calendarGuest, calendarGuest.eventKey, account, keys);
  await removeOwnRows(tx, calendarDate, calendarDate.eventKey, account, keys);
  await upsertRows(
    tx,
    calendarDate,
    entries.flatMap((entry) => dateRows(account, entry)),
  );
  await upsertRows(
    tx,
    calendarGuest,
    entries.flatMap((entry) => guestRows(account, entry)),
  );
}

export async function removeEntries(tx: Db, account: string, keys: readonly string[]): Promise<void> {
  await removeOwnRows(tx, calendarEvent, calendarEvent.eventKey, account, keys);
  await removeOwnRows(tx, calendarGuest, calendarGuest.eventKey, account, keys);
  await removeOwnRows(tx, calendarDate, calendarDate.eventKey, account, keys);
}

/** @param listing the listing of everything that they are met by; null for single changes. */
export async function saveParts(
  tx: Db,
  place: Place,
  parts: readonly CalendarEvent[],
  listing: string | null,
): Promise<void> {
  const rows = parts.map((event) => ({
    ...place,
    eventId: event.id,
    seriesId: event.recurringEventId || event.id,
    status: event.status ?? null,
    originalStart: event.originalStartTime?.dateTime ?? event.originalStartTime?.date ?? null,
    startsAt: event.start?.dateTime ?? event.start?.date ?? null,
    event,
    listing,
  }));
  await upsertRows(tx, calendarPart, rows);
}

/**
 * All that is known of some series.
 *
 * @param listing narrows it to what that listing of everything has met.
 */
export async function partsOfSeries(
  db: Db,
  place: Place,
  ids: readonly string[],
  listing?: string,
): Promise<CalendarEvent[]> {
  const found: CalendarEvent[] = [];
  const met = listing === undefined ? undefined : eq(calendarPart.listing, listing);
  for (const some of batches(ids, 400)) {
    const where = and(partsOf(place), inArray(calendarPart.seriesId, some), met);
    const rows = await db.select({ event: calendarPart.event }).from(calendarPart).where(where);
    found.push(...rows.map(({ event }) => event));
  }
  return found;
}

/** Those of these ids that are dates of a series, or a series' own row. */
export async function partsWithIds(db: Db, place: Place, ids: readonly string[]): Promise<CalendarEvent[]> {
  const where = and(partsOf(place), inArray(calendarPart.eventId, [...ids]));
  return (await db.select({ event: calendarPart.event }).from(calendarPart).where(where)).map(
    ({ event }) => event,
  );
}

export async function removeSeries(tx: Db, place: Place, ids: readonly string[]): Promise<void> {
  for (const some of batches(ids, 400))
    await tx.delete(calendarPart).where(and(partsOf(place), inArray(calendarPart.seriesId, some)));
}

/** Series that a listing met, in order, from behind `after` on. */
export async function metSeries(
  db: Db,
  place: Place,
  listing: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const { seriesId } = calendarPart;
  const where = and(partsOf(place), eq(calendarPart.listing, listing), gt(seriesId, after));
  const rows = await db
    .selectDistinct({ id: seriesId })
    .from(calendarPart)
    .where(where)
    .orderBy(seriesId)
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** A listing of everything begins with none met, whatever one that was left off had met. */
export async function beginListing(tx: Db, place: Place): Promise<void> {
  await tx.update(calendarPart).set({ listing: null }).where(partsOf(place));
}

/** It has come to its end: what it did not meet is no longer there. */
export async function endListing(tx: Db, place: Place, listing: string): Promise<void> {
  const unmet = or(isNull(calendarPart.listing), ne(calendarPart.listing, listing));
  await tx.delete(calendarPart).where(and(partsOf(place), unmet));
  await beginListing(tx, place);
}

/** Cancelled dates of series of which nothing else is left: Google tells of them after the series is gone. */
export async function removeOrphans(tx: Db, place: Place): Promise<void> {
  const alive = tx
    .select({ id: calendarPart.seriesId })
    .from(calendarPart)
    .where(and(partsOf(place), or(isNull(calendarPart.status), ne(calendarPart.status, "cancelled"))));
  await tx.delete(calendarPart).where(and(partsOf(place), notInArray(calendarPart.seriesId, alive)));
}

function eventRow(account: string, entry: Entry): typeof calendarEvent.$inferInsert {
  const { event, calendar, lasts, series, zone } = entry;
  const iso = (instant: number) => new Date(instant).toISOString();
  const last = series?.dates.last;
  return {
    account,
    eventKey: keyOf(calendar.id, event.id),
    calendarId: calendar.id,
    eventId: event.id,
    title: titleOf(event),
    startsAt: iso(lasts.start.instant),
    endsAt: iso(lasts.end.instant),
    allDay: lasts.start.minutes === undefined,
    timeZone: zone,
    repeats: series === undefined ? null : recurrenceWords(series.recurrence, lasts.start.day),
    lastDay: last === undefined ? null : iso(last * DAY_MS).slice(0, 10),
    location: event.location ?? null,
    organizer: nameOf(event.organizer) || null,
    myAnswer: answerOf(event) ?? null,
    status: event.status ?? null,
    kind: event.eventType ?? null,
    visibility: event.visibility ?? null,
    meetingUrl: meetingOf(event)?.url ?? null,
    url: event.htmlLink ?? null,
  };
}

function guestRows(account: string, { event, calendar }: Entry): (typeof calendarGuest.$inferInsert)[] {
  const rows = event.attendees.map((guest, at) => ({
    account,
    eventKey: keyOf(calendar.id, event.id),
    guest: guest.email || `guest ${at + 1}`,
    name: guest.displayName ?? null,
    answer: guest.responseStatus ?? null,
    comment: guest.comment ?? null,
    organizer: guest.organizer === true,
    optional: guest.optional === true,
    resource: guest.resource === true,
  }));
  // One statement cannot write the same row twice.
  return [...new Map(rows.map((row) => [row.guest, row])).values()];
}
