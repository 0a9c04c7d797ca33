/**
 * Reads a slice of older history again each day, in turn, so that edits and deletions there are found within a month or
 * so, where the source has no listing of either.
 */
import { z } from "zod";
import type { ArtifactPages } from "./channel-pages";
import type { StoredChannel } from "./chat-tables";

/** Days in which all of history comes round, and requests a day at least. */
const DAYS = 30;
const LEAST_REQUESTS = 10;

export const historyPlaceSchema = z.object({
  day: z.string(),
  /** Requests left of the day's. */
  left: z.number(),
  channel: z.string(),
  /** Everything of the channel up to this id was read again. */
  after: z.string(),
});
export type HistoryPlace = z.infer<typeof historyPlaceSchema>;

export interface HistorySlice<Channel, Walk> {
  /** Messages that a request brings at most. */
  pageSize: number;
  /** Whether a channel has been read down to where reading ends. */
  isComplete: (channel: Channel) => boolean;
  /** Pages of a channel upwards from `place`, which it moves on with each request, until none is left of the day's. */
  readAgain: (walk: Walk, place: HistoryPlace) => ArtifactPages;
}

/**
 * Pages of today's slice.
 *
 * @param place moves on.
 * @param again pages of one channel from `place` on, which they move on.
 */
export async function* historyPages<Channel extends StoredChannel>(
  channels: readonly Channel[],
  place: HistoryPlace,
  again: (channel: Channel) => ArtifactPages,
): ArtifactPages {
  if (place.left <= 0) return;
  for (const channel of inTurn(channels, place.channel)) {
    if (channel.id !== place.channel) Object.assign(place, { channel: channel.id, after: "0" });
    yield* again(channel);
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

/**
 * Where today's slice begins, or goes on.
 *
 * @param before where the slice stood, as far as that is known.
 * @param held messages by channel.
 */
export function placeOfToday(
  before: HistoryPlace | null,
  held: ReadonlyMap<string, number>,
  pageSize: number,
): HistoryPlace {
  const day = today();
  if (before?.day === day) return { ...before };
  const requests = [...held.values()].reduce((sum, count) => sum + Math.ceil(count / pageSize), 0);
  const left = Math.max(LEAST_REQUESTS, Math.ceil(requests / DAYS));
  return { channel: "0", after: "0", ...before, day, left };
}

/** Channels from one on, then those before it. */
function inTurn<Channel extends StoredChannel>(channels: readonly Channel[], from: string): Channel[] {
  const sorted = channels.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const split = sorted.findIndex(({ id }) => id >= from);
  return split === -1 ? sorted : [...sorted.slice(split), ...sorted.slice(0, split)];
}
