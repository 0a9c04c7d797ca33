import { absoluteTime, duration } from "@/client/ui/dates";
import { TimeAgo } from "@/client/ui/time";
import { Stats } from "@/client/ui/stats";
import type { SyncRun } from "@/core/models/sync";
import { triggerWords } from "./words";

/** What a sync counted, and how it came about. */
export function RunFacts({ run }: { run: SyncRun }) {
  const at = run.startedAt ?? run.createdAt;
  return (
    <div className="space-y-3">
      <Stats
        label="What this sync counted"
        stats={[
          { name: "Read", value: run.seen },
          { name: "New", value: run.inserted },
          { name: "Updated", value: run.updated },
          { name: "Unchanged", value: run.unchanged },
          { name: "Removed", value: run.deleted },
          { name: "Left out", value: run.skipped },
          { name: "Failed", value: run.failed, tone: run.failed > 0 ? "bad" : undefined },
        ]}
      />
      <p className="text-sm text-muted">
        {run.mode === "full" ? "A full sync" : "A sync of changes"}, started {triggerWords(run)}{" "}
        <TimeAgo iso={at} />
        {run.finishedAt === null ? "" : `; took ${duration(at, run.finishedAt)}`}
        {run.resumes > 0 ? `; picked up again ${run.resumes === 1 ? "once" : `${run.resumes} times`}` : ""}
        {run.parkedUntil === null ? "" : `; goes on at ${absoluteTime(run.parkedUntil)}`}.
      </p>
    </div>
  );
}
