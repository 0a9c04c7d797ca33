import { useEffect, useRef } from "react";
import type { SyncRun } from "@/core/models/sync";
import { isActive } from "./live-runs";

/** Calls `tell` once for each run that was under way and has now ended. */
export function useEndedRuns(runs: readonly SyncRun[], tell: (run: SyncRun) => void): void {
  const active = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    for (const run of runs) if (active.current.has(run.id) && !isActive(run)) tell(run);
    active.current = new Set(runs.filter(isActive).map((run) => run.id));
  }, [runs, tell]);
}
