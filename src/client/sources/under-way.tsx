import { Link } from "@/client/router";
import { runsPath } from "@/client/runs/run-filters";
import { RunProgress } from "@/client/runs/run-progress";
import { count } from "@/client/runs/words";
import type { Source } from "@/core/models/api";
import { activeRuns } from "./source-view";

/** So many are followed at once. */
const most = 3;

/** The first syncs under way, those that run before those that wait for their turn, and the way to the others. */
export function UnderWay({ source, className = "" }: { source: Source; className?: string }) {
  const active = activeRuns(source).toSorted(
    (a, b) => Number(b.state === "running") - Number(a.state === "running"),
  );
  const more = active.length - most;
  return (
    <>
      {active.slice(0, most).map((run) => (
        <div key={run.id} className={className}>
          <RunProgress run={run} named={active.length > 1} />
        </div>
      ))}
      {more > 0 ? (
        <p className="text-sm">
          <Link className="text-link" href={runsPath({ integration: source.integration, state: "" })}>
            {count(more, "more sync is", "more syncs are")} under way or queued
            <span className="sr-only">: {source.integration}</span>
          </Link>
        </p>
      ) : null}
    </>
  );
}
