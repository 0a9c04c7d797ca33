import { useId } from "react";
import { useApi } from "@/client/api";
import { isActive, useLiveRuns, useReloadOnRuns, type LiveRuns } from "@/client/data/live-runs";
import { useResource } from "@/client/data/use-resource";
import { Link } from "@/client/router";
import { Page } from "@/client/ui/page";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import type { SyncRun } from "@/core/models/sync";
import { FailedTasks } from "./failed-tasks";
import { RetryButton } from "./retry-button";
import { RunsTable } from "./runs-table";

/** Stored runs with the pushed ones in their place, newest first. */
export function mergeRuns(stored: readonly SyncRun[], live: LiveRuns): SyncRun[] {
  const byId = new Map(stored.map((run) => [run.id, run]));
  for (const [id, run] of live) if (byId.has(id) || isActive(run)) byId.set(id, run);
  return [...byId.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

function Skeleton() {
  return (
    <Loading what="runs">
      <div className="space-y-2">
        {[1, 2, 3, 4, 5].map((place) => (
          <Bone key={place} className="h-14" />
        ))}
      </div>
    </Loading>
  );
}

function NoRuns() {
  return (
    <Empty title="Nothing has been synced yet">
      <p>
        <Link className="text-link" href="/">
          Connect a source
        </Link>{" "}
        and its syncs are listed here as they go.
      </p>
    </Empty>
  );
}

function Failed() {
  const api = useApi();
  const heading = useId();
  const { data, error, reload } = useResource("tasks", (signal) => api.recentTasks(signal));
  const failed = data?.syncTasks.filter((task) => task.status === "FAILED") ?? [];
  return (
    <section aria-labelledby={heading} className="mt-8">
      <h2 id={heading}>What failed lately</h2>
      <p className="mb-3 text-muted">Each of these is also tried again in the next sync of its source.</p>
      {error === undefined ? null : (
        <Failure title="The tasks could not be loaded" error={error} retry={reload} />
      )}
      {data === undefined && error === undefined ? (
        <Loading what="failed tasks">
          <Bone className="h-20" />
        </Loading>
      ) : null}
      {data !== undefined && failed.length === 0 ? <p>Nothing failed.</p> : null}
      {failed.length > 0 ? (
        <>
          <RetryButton reload={reload} />
          <FailedTasks tasks={failed} />
        </>
      ) : null}
    </section>
  );
}

/** Recent syncs and what failed in them. */
export function RunsPage() {
  const api = useApi();
  const live = useLiveRuns();
  const { data, error, reload } = useResource("runs", (signal) => api.runs(signal));
  const runs = data === undefined ? undefined : mergeRuns(data.runs, live);
  useReloadOnRuns(reload, runs?.some(isActive) ?? false);
  return (
    <Page title="Runs" lead="Every sync: what it found, how long it took, and what went wrong">
      {error === undefined ? null : (
        <Failure title="The runs could not be loaded" error={error} retry={reload} />
      )}
      {runs === undefined && error === undefined ? <Skeleton /> : null}
      {runs !== undefined && runs.length === 0 ? <NoRuns /> : null}
      {runs !== undefined && runs.length > 0 ? <RunsTable runs={runs} /> : null}
      <Failed />
    </Page>
  );
}
