import { HeldRemovals } from "@/client/runs/held-removals";
import { Link, runPath } from "@/client/router";
import { Button } from "@/client/ui/button";
import { TimeAgo } from "@/client/ui/time";
import type { Source } from "@/core/models/api";
import { KeepBoth } from "./keep-both";
import { lastProblem } from "./source-view";
import { useSync } from "./use-sync";

/** What went wrong last, or what a sync waits for, with the way on. */
export function Problem({ source, reload }: { source: Source; reload: () => void }) {
  const run = lastProblem(source);
  const { busy, resume, start } = useSync(source, reload);
  if (run === undefined) return null;
  const paused = run.state === "parked" && run.stage === "paused";
  const words = paused ? "Paused. It goes on where it stands when you resume it." : run.error;
  if (words === null) return null;
  const resumable = run.state === "parked" || run.state === "interrupted";
  return (
    <div className="space-y-2 rounded-md bg-warn-soft px-3 py-2 text-sm">
      <p dir="auto" className="line-clamp-6">
        {words}
        {run.parkedUntil === null ? null : (
          <>
            {" "}
            It goes on <TimeAgo iso={run.parkedUntil} />.
          </>
        )}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {resumable ? (
          <Button
            icon="play"
            disabled={busy}
            aria-label={`Resume: ${source.integration}`}
            onClick={() => resume([run])}
          >
            Resume
          </Button>
        ) : null}
        <KeepBoth run={run} done={reload} />
        <HeldRemovals
          run={run}
          busy={busy}
          remove={() => start("full", { account: run.account, confirmDeletions: true })}
        />
        <Link className="text-link" href={runPath(run.id)}>
          See this sync<span className="sr-only"> of {source.integration}</span>
        </Link>
      </div>
    </div>
  );
}
