import { useEffect, useRef } from "react";
import type { SyncRun } from "@/core/models/sync";
import { lookAtRuns, type EndedMemory } from "./ended-runs";

/**
 * Calls `tell` with the runs of a source that have ended since this is shown.
 *
 * @param runs undefined while they are not known; those of the first answer are no news
 */
export function useEndedRuns(
  runs: readonly SyncRun[] | undefined,
  tell: (ended: readonly SyncRun[]) => void,
): void {
  const memory = useRef<EndedMemory>(undefined);
  useEffect(() => {
    if (runs === undefined) return;
    const look = lookAtRuns(memory.current, runs);
    memory.current = look.memory;
    for (const group of look.tell) tell(group);
  }, [runs, tell]);
}
