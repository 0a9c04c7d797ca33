import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { AuthError, CursorExpiredError } from "@/core/models/errors";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { askForFullPass } from "@/core/services/sync/full-pass";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { knownCalendars, removeEntries, saveEntries } from "../db/queries";
import { calendarName, renderEntry } from "../render/render-event";
import { changedPages } from "./changes";
import { type Entry, keyOf } from "./entries";
import { leavingPages, streamName } from "./leaving";
import { listingIn, listingPages, type Reading } from "./listing";

/** Raised when the same event is rendered differently from now on, so that every event is read again once. */
const RENDERING = 1;

const changesSchema = z.strictObject({
  token: z.string().nullable(),
  /** Google's token of the next page, of the run that was given it. */
  page: z.string().optional(),
  run: z.string().optional(),
});

/** With which name, zone and settings a calendar is read: where they change, all of it is listed again. */
export function readAsOf({ calendar, options }: Pick<Reading["scene"], "calendar" | "options">): string {
  return hashJson([RENDERING, calendarName({ calendar }), calendar.timeZone, options]).slice(0, 16);
}

/**
 * The events of one calendar. A full sync lists everything; an incremental one asks for the changes since, which Google
 * keeps for each calendar apart.
 */
export function eventsStream(reading: Reading): Stream<Entry> {
  const { calendarId, account } = reading.place;
  return {
    name: streamName(calendarId),
    enumerates: ["full"],
    pages: (request) => pagesOf(reading, request),
    key: ({ calendar, event }) => keyOf(calendar.id, event.id),
    version: (entry) => versionOf(entry),
    render: (entry, { signal }) => renderEntry(entry, keyOf(calendarId, entry.event.id), signal),
    save: (tx, entries) => saveEntries(tx, account, entries),
    remove: (tx, keys) => removeEntries(tx, account, keys),
  };
}

/** When something was touched last says nothing of what is shown. */
function versionOf({ calendar, event, zone, series }: Entry): string {
  const shown = [event, ...(series?.exceptions.map((one) => one.event) ?? [])].map((one) => ({
    ...one,
    updated: null,
  }));
  return hashJson([RENDERING, calendarName({ calendar }), zone, shown, series?.dates ?? null]);
}

async function* pagesOf(reading: Reading, request: PageRequest): AsyncGenerator<Page<Entry>> {
  try {
    yield* readPages(reading, request);
  } catch (error) {
    if (!(error instanceof MissingError) && !(error instanceof ForbiddenError)) throw error;
    if (reading.scene.calendar.primary === true) throw refusedAltogether(error);
    // It is in the account's list, and no longer its to read: what was read of it is served no more.
    yield* leavingPages(reading.place, request);
  }
}

async function* readPages(reading: Reading, request: PageRequest): AsyncGenerator<Page<Entry>> {
  const { db, context, mode, cursor } = request;
  const underWay = listingIn(cursor);
  if (underWay?.listing === context.runId) {
    yield* listingPages(reading, request, underWay);
    return;
  }
  const changes = mode === "full" ? undefined : changesSchema.safeParse(cursor).data;
  const since = mode === "full" ? null : (changes?.token ?? underWay?.since ?? null);
  if (since === null) {
    yield* listingPages(reading, request, { since });
    return;
  }
  const token = yield* changesSince(reading, request, since, changes);
  const known = (await knownCalendars(db, context.account)).find(
    ({ calendarId }) => calendarId === reading.place.calendarId,
  );
  if (token === undefined || known?.readAs !== reading.readAs)
    yield* listingPages(reading, request, { since: token ?? null });
}

/** @returns the token with which changes go on; undefined where Google has forgotten the one asked with. */
async function* changesSince(
  reading: Reading,
  { db, context }: PageRequest,
  since: string,
  changes: z.infer<typeof changesSchema> | undefined,
): AsyncGenerator<Page<Entry>, string | undefined> {
  const { integration, account, runId } = context;
  // A page's token of an earlier run stands for a list of changes that was cut off then.
  const page = changes?.run === runId ? changes.page : undefined;
  const cursorAt = (token: string, next: string): JsonValue =>
    next === "" ? { token } : { token, page: next, run: runId };
  try {
    return yield* changedPages(reading, db, since, { page, cursorAt });
  } catch (error) {
    if (!(error instanceof CursorExpiredError)) throw error;
    const name = calendarName(reading.scene);
    const reason = `Google has forgotten since when changes of the calendar ${name} were asked for.`;
    await askForFullPass(db, { integration, account }, reason);
    return undefined;
  }
}

/** Nobody can unshare an account's own calendar with it: what is refused is the application, and nothing has left. */
function refusedAltogether(cause: Error): AuthError {
  const action =
    "Ask the administrator of your Google Workspace whether the application may read calendars, then connect again.";
  return new AuthError(`Google does not let this account's own calendar be read. ${cause.message}`, {
    action,
    cause,
  });
}
