/** What changed in a calendar since a sync token. */
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { Page } from "@/core/services/sync/stream";
import {
  partsOfSeries,
  type Place,
  removeOrphans,
  removeSeries,
  saveParts,
  partsWithIds,
} from "../db/queries";
import { eventSchema, type CalendarEvent } from "../models/models";
import { type Entry, keyOf, type Scene, singleEntry } from "./entries";
import { type Reading, seriesTold } from "./listing";
import { incompleteOf, seriesOf, type Sorted, sorted, toldOf } from "./page";

/**
 * @param cursorAt makes the cursor of a page: the token asked with, and Google's token of the next page.
 * @returns the token with which changes go on.
 */
export async function* changedPages(
  { api, scene, place }: Reading,
  db: Db,
  since: string,
  { page, cursorAt }: { page: string | undefined; cursorAt: (token: string, page: string) => JsonValue },
): AsyncGenerator<Page<Entry>, string> {
  let next = page;
  for (;;) {
    const answer = await api.events(place.calendarId, { page: next, since });
    next = answer.nextPageToken || undefined;
    const token = answer.nextSyncToken ?? since;
    const found = sorted(answer.items, scene);
    const told = await changeOf(db, place, scene, found);
    const isLast = next === undefined;
    yield {
      ...told.page,
      ...incompleteOf(found.unknown),
      cursor: cursorAt(isLast ? token : since, next ?? ""),
      save: async (tx) => {
        await told.save(tx);
        if (isLast) await removeOrphans(tx, place);
      },
    };
    if (isLast) return token;
  }
}

async function changeOf(db: Db, place: Place, scene: Scene, found: Sorted) {
  const { singles, deleted } = found;
  // Of a deleted event Google need not tell more than its id: it may have been a date of a series.
  const dates = (await partsWithIds(db, place, deleted)).filter(({ recurringEventId }) => recurringEventId);
  const ofSeries = new Set(dates.map(({ id }) => id));
  const cancelled = dates.map(({ id, recurringEventId, originalStartTime }) =>
    eventSchema.parse({ id, recurringEventId, originalStartTime, status: "cancelled" }),
  );
  const parts = [...found.parts, ...cancelled];
  const gone = deleted.filter((id) => !ofSeries.has(id));
  // A series that is now a single event leaves its dates behind.
  const ended = [...gone, ...singles.map(({ id }) => id)];
  const ids = [...new Set(parts.map(seriesOf))];
  const stored = await partsOfSeries(db, place, ids);
  const known = stored.filter((part) => !ended.includes(seriesOf(part)));
  // Cancelled dates may be told after their series is gone, or is a single event by now: that says nothing new of it.
  const alive = new Set(known.filter(({ status }) => status !== "cancelled").map(seriesOf));
  const series = seriesTold(scene, ids, newest([...known, ...parts]), (id) => alive.has(id));
  const others = toldOf(
    scene,
    singles.flatMap((event) => singleEntry(scene, event) ?? []),
    gone.map((id) => keyOf(place.calendarId, id)),
  );
  return {
    page: {
      items: [...series.items, ...others.items],
      skipped: [...series.skipped, ...others.skipped],
      removed: [...series.removed, ...others.removed],
    },
    save: async (tx: Db) => {
      await removeSeries(tx, place, ended);
      await saveParts(tx, place, parts, null);
    },
  };
}

/** What came last of each. */
function newest(parts: readonly CalendarEvent[]): CalendarEvent[] {
  return [...new Map(parts.map((part) => [part.id, part])).values()];
}
