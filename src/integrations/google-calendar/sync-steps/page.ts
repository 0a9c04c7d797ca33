/** What a page of Google's says, as items, notices and parts of series. */
import type { Page } from "@/core/services/sync/stream";
import { type CalendarEvent, eventSchema } from "../models/models";
import { type Entry, isPrivate, isWithin, keyOf, type Scene, whyLeftOut } from "./entries";

export type Told = Required<Pick<Page<Entry>, "items" | "skipped" | "removed">>;

/** @param gone keys that the source itself says are no more. */
export function toldOf(scene: Scene, entries: readonly Entry[], gone: readonly string[]): Told {
  const told: Told = { items: [], skipped: [], removed: gone.map((key) => ({ key, state: "gone" })) };
  const [items, skipped, removed] = [[...told.items], [...told.skipped], [...told.removed]];
  for (const entry of entries) {
    const key = keyOf(entry.calendar.id, entry.event.id);
    const reason = whyLeftOut(entry, scene);
    if (!isWithin(entry, scene.span)) removed.push({ key, state: "gone" });
    else if (reason === undefined) items.push(entry);
    else skipped.push({ key, reason });
  }
  return { items, skipped, removed };
}

export const seriesOf = ({ id, recurringEventId }: CalendarEvent) => recurringEventId || id;

export interface Sorted {
  singles: CalendarEvent[];
  /** Series' own rows, and dates of theirs. */
  parts: CalendarEvent[];
  /** Deleted: a single event, a series, or a date of which nothing but its id is told. */
  deleted: string[];
  /** How many have a shape that is not known here. */
  unknown: number;
}

export function sorted(entries: readonly unknown[], scene: Scene): Sorted {
  const found: Sorted = { singles: [], parts: [], deleted: [], unknown: 0 };
  for (const entry of entries) {
    const event = eventSchema.safeParse(entry).data;
    if (event === undefined) found.unknown++;
    else if (event.recurringEventId) found.parts.push(kept(event, scene));
    else if (event.status === "cancelled") found.deleted.push(event.id);
    else if (event.recurrence.length > 0) found.parts.push(kept(event, scene));
    else found.singles.push(event);
  }
  return found;
}

/** A date that is cancelled, or private where private ones are left out, is kept by its times alone. */
function kept(event: CalendarEvent, { options }: Scene): CalendarEvent {
  const { id, status, recurringEventId, originalStartTime, start, end, recurrence, visibility } = event;
  const bare = eventSchema.parse({ id, status, recurringEventId, originalStartTime });
  if (status === "cancelled") return bare;
  if (!isPrivate(event) || options.private) return event;
  return { ...bare, start, end, recurrence, visibility };
}

export function incompleteOf(unknown: number): { incomplete?: string } {
  return unknown === 0 ? {} : { incomplete: `${unknown} events have a shape that is not known here.` };
}
