import { useEffect, useRef } from "react";
import type { SyncRun } from "@/core/models/sync";
import { isActive } from "./live-runs";

/**
 * Calls `tell` with the runs of a source that have ended since this is shown, once nothing of that source is under way any
 * more: of a hundred accounts, nobody wants to be told a hundred times. A run counts that was seen under way, and one that
 * is new and over already, as a short one may begin and end between two looks.
 *
 * @param runs undefined while they are not known; those of the first answer are no news
 */
export function useEndedRuns(
  runs: readonly SyncRun[] | undefined,
  tell: (ended: readonly SyncRun[]) => void,
): void {
  const ended = useRef<ReadonlySet<string>>(undefined);
  const untold = useRef<readonly SyncRun[]>([]);
  useEffect(() => {
    if (runs === undefined) return;
    const before = ended.current;
    const now = runs.filter((run) => !isActive(run));
    const active = runs.filter(isActive);
    // One that waited and goes on ends anew.
    const activeIds = new Set(active.map((run) => run.id));
    const news = before === undefined ? [] : now.filter((run) => !before.has(run.id));
    const waiting = [...untold.current.filter((run) => !activeIds.has(run.id)), ...news];
    const busy = new Set(active.map((run) => run.integration));
    untold.current = waiting.filter((run) => busy.has(run.integration));
    const quiet = waiting.filter((run) => !busy.has(run.integration));
    for (const group of Map.groupBy(quiet, (run) => run.integration).values()) tell(group);
    const still = [...(before ?? [])].filter((id) => !activeIds.has(id));
    ended.current = new Set([...still, ...now.map((run) => run.id)]);
  }, [runs, tell]);
}
