/** Calendars that are no longer read: unshared, hidden, deleted, or not chosen any more. */
import { eq } from "drizzle-orm";
import { ownRows } from "@/core/services/sync/kept-rows";
import { leftOutStream } from "@/core/services/sync/left-out-stream";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { forgetCalendar, type Place, removeEntries } from "../db/queries";
import { calendarEvent } from "../db/schema";
import type { Entry } from "./entries";

export const streamName = (calendarId: string) => `events of ${calendarId}`;

/** Takes out what was read of a calendar; it begins anew when it is back. */
export function leavingStream(place: Place): Stream<Entry> {
  return {
    ...leftOut(place),
    pages: (request) => leavingPages(place, request),
    remove: (tx, keys) => removeEntries(tx, place.account, keys),
  };
}

export async function* leavingPages(place: Place, request: PageRequest): AsyncGenerator<Page<Entry>> {
  yield* leftOut(place).pages(request);
  yield { items: [], cursor: null, watermark: null, save: (tx) => forgetCalendar(tx, place) };
}

function leftOut({ calendarId }: Place): Stream<Entry> {
  const rows = ownRows(calendarEvent, calendarEvent.eventKey, () => {
    throw new Error("Nothing is written of a calendar that is left out.");
  });
  return leftOutStream<Entry>(streamName(calendarId), rows, eq(calendarEvent.calendarId, calendarId));
}
