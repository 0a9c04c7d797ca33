/**
 * Incremental listings. Gong filters by a call's start only and tells nothing of changes, so recent calls are read
 * again: transcripts and briefs come late, titles are edited, calls are deleted. Two weeks where those are few calls,
 * a day where they are many, with the two weeks once a day.
 */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import { Watermark } from "@/core/services/sync/watermark";
import { DAY_MS } from "@/lib/time";

const LONG_MS = 14 * DAY_MS;
const SHORT_MS = DAY_MS;
/** Calls in two weeks that are still read each time: ten requests. */
const FEW_CALLS = 1_000;
const LONG_EVERY_MS = 20 * 3_600_000;

const stateSchema = z.object({
  mark: z.json(),
  /** When two weeks were last read. */
  longReadAt: z.iso.datetime(),
});
export type ChangesState = z.infer<typeof stateSchema>;

/** What an earlier sync left; undefined before the first. */
export function readState(cursor: JsonValue | null): ChangesState | undefined {
  return stateSchema.safeParse(cursor).data;
}

export function stateAfter(mark: Watermark, longReadAt: Date): ChangesState {
  return { mark: mark.toJSON(), longReadAt: longReadAt.toISOString() };
}

/** From when on calls are read; undefined when nothing dated was ever seen. */
export function readFrom(state: ChangesState, reach: "long" | "short"): string | undefined {
  return Watermark.since(state.mark, reach === "long" ? LONG_MS : SHORT_MS) ?? undefined;
}

/** Whether two weeks are too much this time. */
export function isTooLong(state: ChangesState, total: number, now: Date): boolean {
  return total > FEW_CALLS && now.getTime() - Date.parse(state.longReadAt) < LONG_EVERY_MS;
}
