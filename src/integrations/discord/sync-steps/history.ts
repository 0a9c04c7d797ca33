/**
 * Reads a slice of older history again each day, in turn, so that edits and deletions there are found within a month or
 * so. Discord has no listing of either.
 */
import { z } from "zod";
import type { Db } from "@/core/models/database";
import type { ArtifactPages } from "@/core/services/conversations/channel-pages";
import { PAGE } from "../api";
import { messages } from "../db/messages";
import { channelsOf, type ChannelRow } from "../db/queries";
import { compareIds, idBefore } from "../models/snowflake";
import { messagePage } from "./message-page";
import { compareSafely, idAfter, type Walk, whileOpen } from "./walk";

/** Days in which all of history comes round, and requests a day at least. */
const DAYS = 30;
const LEAST_REQUESTS = 10;

export const historyPlaceSchema = z.object({
  day: z.string(),
  /** Requests left of the day's. */
  left: z.number(),
  channel: z.string(),
  after: z.string(),
});
export type HistoryPlace = z.infer<typeof historyPlaceSchema>;

/**
 * Pages of today's slice.
 * @param move is told of each place that reading has come to.
 */
export async function* historyPages(
  db: Db,
  account: string,
  walkOf: (row: ChannelRow) => Promise<Walk>,
  stored: HistoryPlace | undefined,
  move: (place: HistoryPlace) => void,
): ArtifactPages {
  const held = await messages.counts(db, account);
  const place = placeFor(stored, held);
  if (place.left <= 0) return;
  move(place);
  const open = (await channelsOf(db, account)).filter(
    (row) => row.access === "readable" && row.readDownTo !== null && held.has(row.id),
  );
  for (const row of inTurn(open, place.channel)) {
    if (row.id !== place.channel) Object.assign(place, { channel: row.id, after: "0" });
    const walk = await walkOf(row);
    yield* whileOpen(walk, again(walk, place));
    if (place.left <= 0) return;
  }
  // Once round: enough for today, however little it was.
  Object.assign(place, { left: 0, channel: "0", after: "0" });
  yield { items: [], cursor: "once round" };
}

/** The place after a day's slice, with the next one to begin at the first channel. */
export function doneToday(): HistoryPlace {
  return { day: today(), left: 0, channel: "0", after: "0" };
}

const today = () => new Date().toISOString().slice(0, 10);

function placeFor(before: HistoryPlace | undefined, held: ReadonlyMap<string, number>): HistoryPlace {
  const day = today();
  if (before?.day === day) return { ...before };
  const requests = [...held.values()].reduce((sum, count) => sum + Math.ceil(count / PAGE), 0);
  const left = Math.max(LEAST_REQUESTS, Math.ceil(requests / DAYS));
  return { channel: "0", after: "0", ...before, day, left };
}

/** Channels from one on, then those before it. */
function inTurn(channels: readonly ChannelRow[], from: string): ChannelRow[] {
  const sorted = channels.toSorted((a, b) => compareIds(a.id, b.id));
  const split = sorted.findIndex(({ id }) => compareIds(id, from) >= 0);
  return split === -1 ? sorted : [...sorted.slice(split), ...sorted.slice(0, split)];
}

/** A channel's pages upwards, to where every sync reads again anyhow. Moves `place` on. */
async function* again(walk: Walk, place: HistoryPlace): ArtifactPages {
  const { api, channel, young } = walk;
  while (place.left > 0 && compareIds(idAfter(place.after), young) < 0) {
    const after = highestOf(place.after, idBefore(walk.floor));
    const page = await api.messages(channel.id, { after });
    const full = page.length === PAGE;
    const top = full ? (page[0]?.id ?? after) : young;
    const older = page.filter(({ id }) => compareIds(id, top) <= 0);
    const compared = await compareSafely(walk, older, { from: idAfter(after), to: top });
    place.left--;
    place.after = full ? top : young;
    yield await messagePage(walk, compared, {}, { history: place.after });
  }
}

function highestOf(a: string, b: string): string {
  return compareIds(a, b) > 0 ? a : b;
}
