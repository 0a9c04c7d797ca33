import { HeldRemovals } from "@/client/runs/held-removals";
import { Link, runPath } from "@/client/router";
import { Button } from "@/client/ui/button";
import { TimeAhead } from "@/client/ui/time";
import type { Source } from "@/core/models/api";
import type { SyncRun } from "@/core/models/sync";
import { KeepBoth } from "./keep-both";
import { MoreInTrouble } from "./more-in-trouble";
import { problemRuns } from "./source-view";
import { useSync } from "./use-sync";

/** What went wrong with one account, or what its sync waits for, with the way on. */
function Problem({ source, run, reload }: { source: Source; run: SyncRun; reload: () => void }) {
  const { busy, resume, start } = useSync(source, reload);
  const paused = run.state === "parked" && run.stage === "paused";
  const words = paused ? "Paused. It goes on where it stands when you resume it." : run.error;
  if (words === null) return null;
  const resumable = run.state === "parked" || run.state === "interrupted";
  return (
    <div className="space-y-2 rounded-md bg-warn-soft px-3 py-2 text-sm">
      {source.accounts.length > 1 ? (
        <p dir="auto" className="line-clamp-2 font-semibold">
          {run.account}
        </p>
      ) : null}
      <p dir="auto" className="line-clamp-6">
        {words}
        {run.parkedUntil === null ? null : (
          <>
            {" "}
            It goes on <TimeAhead iso={run.parkedUntil} />.
          </>
        )}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {resumable ? (
          <Button
            icon="play"
            disabled={busy}
            aria-label={`Resume: ${source.integration}${source.accounts.length > 1 ? ` ${run.account.slice(0, 80)}` : ""}`}
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
          See this sync
          <span className="sr-only">
            {" "}
            of {source.integration} {source.accounts.length > 1 ? run.account.slice(0, 80) : null}
          </span>
        </Link>
      </div>
    </div>
  );
}

/** What went wrong last with each account, as far as `most`, and the way to the others. */
export function Problems({ source, reload, most }: { source: Source; reload: () => void; most: number }) {
  const runs = problemRuns(source);
  return (
    <>
      {runs.slice(0, most).map((run) => (
        <Problem key={run.account} source={source} run={run} reload={reload} />
      ))}
      <MoreInTrouble source={source} more={runs.length - most} />
    </>
  );
}
