import { useState } from "react";
import { heldDeletions } from "@/client/runs/held";
import { count } from "@/client/runs/words";
import { Link, runPath } from "@/client/router";
import { Button } from "@/client/ui/button";
import { ConfirmDialog } from "@/client/ui/confirm-dialog";
import { closeToHeading } from "@/client/ui/focus-heading";
import { TimeAgo } from "@/client/ui/time";
import type { Source } from "@/core/models/api";
import type { SyncRun } from "@/core/models/sync";
import { KeepBoth } from "./keep-both";
import { lastProblem } from "./source-view";
import { useSync } from "./use-sync";

/** Removals that the guard held: a person says whether they were meant. */
function HeldRemovals({ source, run, reload }: { source: Source; run: SyncRun; reload: () => void }) {
  const [asking, setAsking] = useState(false);
  const { busy, start } = useSync(source, reload);
  const held = heldDeletions(run);
  if (held === undefined) return null;
  const { missing, of } = held;
  return (
    <>
      <Button disabled={busy} onClick={() => setAsking(true)}>
        Remove them here too…
      </Button>
      {asking ? (
        <ConfirmDialog
          title={`Remove ${missing.toLocaleString("en")} of ${count(of, "item")} here too?`}
          action={`Remove ${count(missing, "item")}`}
          busy={busy}
          close={() => setAsking(false)}
          confirm={() => {
            start("full", { account: run.account, confirmDeletions: true });
            closeToHeading(() => setAsking(false));
          }}
        >
          <p>
            {source.integration} no longer lists them for {run.account}. A full sync reads everything again
            and removes what is still missing then. Nothing changes at the source.
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** What went wrong last, or what a sync waits for, with the way on. */
export function Problem({ source, reload }: { source: Source; reload: () => void }) {
  const run = lastProblem(source);
  const { busy, resume } = useSync(source, reload);
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
        <HeldRemovals source={source} run={run} reload={reload} />
        <Link className="text-link" href={runPath(run.id)}>
          See this sync<span className="sr-only"> of {source.integration}</span>
        </Link>
      </div>
    </div>
  );
}
