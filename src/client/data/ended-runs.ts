/** Which syncs have ended since one looked last, and which of them is to be told now. Pure. */
import { waitsBySelf } from "@/client/runs/words";
import type { SyncRun } from "@/core/models/sync";
import { isActive } from "./live-runs";

/** What is kept from one look to the next. */
export interface EndedMemory {
  /** Ids of what had ended. */
  ended: ReadonlySet<string>;
  /** Ids of what has waited for its provider. */
  waited: ReadonlySet<string>;
  /** What has ended while something of its source is still under way. */
  untold: readonly SyncRun[];
}

/**
 * The runs that have ended since the last look, by source, once nothing of that source is under way any more: of a hundred
 * accounts, nobody wants to be told a hundred times. A run counts that was seen under way, and one that is new and over
 * already, as a short one may begin and end between two looks. That one waits for its provider is told once: it may have
 * to every few seconds, and what counts is how it ends.
 *
 * @param before undefined at the first look: what has ended by then is no news
 */
export function lookAtRuns(
  before: EndedMemory | undefined,
  runs: readonly SyncRun[],
): { memory: EndedMemory; tell: readonly (readonly SyncRun[])[] } {
  const now = runs.filter((run) => !isActive(run));
  const active = runs.filter(isActive);
  // One that waited and goes on ends anew.
  const activeIds = new Set(active.map((run) => run.id));
  const isNews = (run: SyncRun) =>
    before !== undefined &&
    !before.ended.has(run.id) &&
    !(waitsBySelf(run) && before.waited.has(run.id));
  const waiting = [...(before?.untold ?? []).filter((run) => !activeIds.has(run.id)), ...now.filter(isNews)];
  const busy = new Set(active.map((run) => run.integration));
  const quiet = waiting.filter((run) => !busy.has(run.integration));
  const still = [...(before?.ended ?? [])].filter((id) => !activeIds.has(id));
  return {
    memory: {
      ended: new Set([...still, ...now.map((run) => run.id)]),
      waited: new Set([...(before?.waited ?? []), ...now.filter(waitsBySelf).map((run) => run.id)]),
      untold: waiting.filter((run) => busy.has(run.integration)),
    },
    tell: [...Map.groupBy(quiet, (run) => run.integration).values()],
  };
}
