import { useEffect } from "react";
import { useNotices } from "@/client/ui/notices";
import { TimeAgo } from "@/client/ui/time";
import type { SyncRun } from "@/core/models/sync";
import { useRate } from "./use-rate";
import { changeWords, progressWords, runAnnouncement, stageWords } from "./words";

/** A run under way: its stage, how far and how fast it is, what it found so far, and when it last moved. */
export function RunProgress({ run, named }: { run: SyncRun; named: boolean }) {
  const { announce } = useNotices();
  const { words, movedAt } = useRate(run);
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
        <span className="min-w-0">
          <span className="font-semibold">{stage}</span>
          {named ? (
            <span dir="auto" className="text-muted">
              {" "}
              · {run.account}
            </span>
          ) : null}
        </span>
        <span className="text-muted tabular-nums">{progressWords(run)}</span>
      </div>
      <progress
        className="bar"
        aria-label={`Sync of ${run.integration} ${run.account.slice(0, 80)}`}
        {...(known ? { value: Math.min(run.seen, run.expected ?? 0), max: run.expected ?? 1 } : {})}
      />
      <p className="flex flex-wrap justify-between gap-x-3 text-muted tabular-nums">
        <span>{changeWords(run)}</span>
        <span>
          {words === "" ? null : `${words} · `}
          {movedAt === undefined ? null : (
            <>
              moved <TimeAgo iso={movedAt} />
            </>
          )}
        </span>
      </p>
      {run.error === null ? null : (
        <p className="text-bad" dir="auto">
          {run.error}
        </p>
      )}
    </div>
  );
}
