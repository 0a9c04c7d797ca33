import { useEffect } from "react";
import { changeWords, progressWords, runAnnouncement, stageWords } from "@/client/runs/words";
import { useNotices } from "@/client/ui/notices";
import type { SyncRun } from "@/core/models/sync";

/** A run under way: its stage, how far it is, and what it found so far. */
export function RunProgress({ run, named }: { run: SyncRun; named: boolean }) {
  const { announce } = useNotices();
  const stage = run.state === "queued" ? "Queued" : stageWords(run.stage);
  // The same words while a stage lasts, so each stage is said once.
  const said = runAnnouncement(run);
  useEffect(() => {
    announce(said);
  }, [said, announce]);
  const known = run.expected !== null && run.expected > 0;
  return (
    <div className="space-y-1.5 text-sm">
      <div className="flex flex-wrap justify-between gap-x-3">
        <span>
          <span className="font-semibold">{stage}</span>
          {named ? <span dir="auto"> · {run.account}</span> : null}
        </span>
        <span className="text-muted tabular-nums">{progressWords(run)}</span>
      </div>
      <progress
        className="bar"
        aria-label={`Sync of ${run.integration} ${run.account}`}
        {...(known ? { value: Math.min(run.seen, run.expected ?? 0), max: run.expected ?? 1 } : {})}
      />
      <p className="text-muted tabular-nums">{changeWords(run)}</p>
      {run.error === null ? null : (
        <p className="text-bad" dir="auto">
          {run.error}
        </p>
      )}
    </div>
  );
}
