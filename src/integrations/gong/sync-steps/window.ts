/** Which stretches of time a listing still has to read, and how one is cut where Gong would forget its cursor. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { DAY_MS } from "@/lib/time";

/** Gong was founded in 2015; nothing can be older but what was imported. */
const BEGINNING = "2010-01-01T00:00:00.000Z";
/** A cursor lives an hour from the first page on, so no window may take longer to read. */
const MOST_CALLS = 10_000;
const SHORTEST_MS = 3_600_000;

const windowSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  workspaceId: z.string().optional(),
});
export type Window = z.infer<typeof windowSchema>;

const cursorSchema = z.object({
  /** The first one is being read. */
  windows: z.array(windowSchema),
  /** Gong's own cursor within it; null at its start. */
  at: z.string().nullable(),
});
export type ListingCursor = z.infer<typeof cursorSchema>;

/** The cursor of a listing that was interrupted; undefined for anything else. */
export function readCursor(cursor: JsonValue | null): ListingCursor | undefined {
  return cursorSchema.safeParse(cursor).data;
}

/** A listing from `since` on, one window a chosen workspace. It ends a day ahead, so that no clock's error hides a call. */
export function wholeListing(
  since: string | undefined,
  workspaces: readonly string[],
  now: Date,
): ListingCursor {
  const from = new Date(since ?? BEGINNING).toISOString();
  const to = new Date(now.getTime() + DAY_MS).toISOString();
  const windows = workspaces.map((workspaceId): Window => ({ from, to, workspaceId }));
  return { windows: windows.length === 0 ? [{ from, to }] : windows, at: null };
}

/** Halves a window that holds too many calls to be read while its cursor lives; undefined when it does not. */
export function halves(window: Window, total: number): [Window, Window] | undefined {
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  if (total <= MOST_CALLS || to - from <= SHORTEST_MS) return undefined;
  const middle = new Date(Math.floor((from + to) / 2)).toISOString();
  return [
    { ...window, to: middle },
    { ...window, from: middle },
  ];
}
