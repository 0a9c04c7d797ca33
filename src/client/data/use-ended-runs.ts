import { useEffect, useRef } from "react";
import type { SyncRun } from "@/core/models/sync";
import { isActive } from "./live-runs";

/**
 * Calls `tell` once for each run that has ended since this is shown: one that was seen under way, and one that is new
 * and over already, as a short one may begin and end between two looks.
 *
 * @param runs undefined while they are not known; those of the first answer are no news
 */
export function useEndedRuns(runs: readonly SyncRun[] | undefined, tell: (run: SyncRun) => void): void {
  const ended = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (runs === undefined) return;
    const before = ended.current;
    const now = runs.filter((run) => !isActive(run));
    if (before !== undefined) for (const run of now) if (!before.has(run.id)) tell(run);
    // One that waited and goes on ends anew.
    const active = new Set(runs.filter(isActive).map((run) => run.id));
    const still = [...(before ?? [])].filter((id) => !active.has(id));
    ended.current = new Set([...still, ...now.map((run) => run.id)]);
  }, [runs, tell]);
}
