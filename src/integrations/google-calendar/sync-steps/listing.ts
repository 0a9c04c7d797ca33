/** All events of a calendar: first page by page, where parts of series are only noted, then the series of them. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import type { Page, PageRequest } from "@/core/services/sync/stream";
import type { CalendarApi } from "../api/calendar-api";
import {
  beginListing,
  endListing,
  metSeries,
  type Place,
  partsOfSeries,
  saveCalendar,
  saveParts,
} from "../db/queries";
import type { CalendarEvent } from "../models/models";
import { type Entry, keyOf, type Scene, seriesEntry, singleEntry } from "./entries";
import { incompleteOf, seriesOf, sorted, type Told, toldOf } from "./page";

const SERIES_A_PAGE = 100;

const stateSchema = z.object({
  phase: z.enum(["events", "series"]),
  /** The run that began it. */
  listing: z.string(),
  /** Google's token of the next page, or the series after which it goes on; "" for the first. */
  at: z.string(),
  /** With which changes are asked for that this listing does not know. */
  token: z.string().nullable(),
  /** The token that held before: where this listing is left off, changes since are asked for once more. */
  since: z.string().nullable(),
});
export type ListingState = z.infer<typeof stateSchema>;

export function listingIn(cursor: JsonValue): ListingState | undefined {
  return stateSchema.safeParse(cursor).data;
}

export interface Reading {
  api: CalendarApi;
  scene: Scene;
  place: Place;
  readAs: string;
}

/** Where incremental syncs go on; without a token, which Google does not give for every calendar, they list again. */
const changesFrom = (token: string | null) => ({ token });

export async function* listingPages(
  { api, scene, place, readAs }: Reading,
  { db, context }: PageRequest,
  from: ListingState | { since: string | null },
): AsyncGenerator<Page<Entry>> {
  let state: ListingState;
  if ("phase" in from) state = from;
  else {
    state = { phase: "events", listing: context.runId, at: "", token: null, since: from.since };
    const save = async (tx: typeof db) => {
      await beginListing(tx, place);
      await saveCalendar(tx, place.account, scene.calendar, null);
    };
    yield { items: [], cursor: state, save };
  }
  while (state.phase === "events") {
    const answer = await api.events(place.calendarId, { page: state.at || undefined, since: undefined });
    const { singles, parts, unknown } = sorted(answer.items, scene);
    const next: string = answer.nextPageToken ?? "";
    const token = answer.nextSyncToken ?? null;
    state = next === "" ? { ...state, phase: "series", at: "", token } : { ...state, at: next };
    const { listing } = state;
    yield {
      ...toldOf(
        scene,
        singles.flatMap((event) => singleEntry(scene, event) ?? []),
        [],
      ),
      ...incompleteOf(unknown),
      cursor: state,
      save: (tx) => saveParts(tx, place, parts, listing),
    };
  }
  for (;;) {
    const ids = await metSeries(db, place, state.listing, state.at, SERIES_A_PAGE);
    if (ids.length === 0) break;
    state = { ...state, at: ids.at(-1) ?? "" };
    const parts = await partsOfSeries(db, place, ids, state.listing);
    yield { ...seriesTold(scene, ids, parts), cursor: state };
  }
  const { listing, token } = state;
  const cursor = changesFrom(token);
  const save = async (tx: typeof db) => {
    await endListing(tx, place, listing);
    await saveCalendar(tx, place.account, scene.calendar, readAs);
  };
  yield { items: [], cursor, watermark: cursor, save };
}

/** Series as items, given all of their parts; those of which nothing takes place are left to `gone`. */
export function seriesTold(
  scene: Scene,
  ids: readonly string[],
  parts: readonly CalendarEvent[],
  gone: (id: string) => boolean = () => false,
): Told {
  const bySeries = Map.groupBy(parts, seriesOf);
  const entries = ids.map((id) => seriesEntry(scene, id, bySeries.get(id) ?? []));
  const ended = ids.filter((id, at) => entries[at] === undefined && gone(id));
  return toldOf(
    scene,
    entries.flatMap((entry) => entry ?? []),
    ended.map((id) => keyOf(scene.calendar.id, id)),
  );
}
