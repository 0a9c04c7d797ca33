import { useApi } from "@/client/api";
import { isActive, useLiveRuns, useReloadOnRuns } from "@/client/data/live-runs";
import { useExpected } from "@/client/data/use-expected";
import { useResource } from "@/client/data/use-resource";
import { Link, sourcePath } from "@/client/router";
import { Tabs } from "@/client/ui/tabs";
import { Icon } from "@/client/ui/icons";
import { Page } from "@/client/ui/page";
import { Pill } from "@/client/ui/pill";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import type { SyncRun } from "@/core/models/sync";
import { ExportButton } from "./export-button";
import { FailedItems } from "./failed-items";
import { RunActions } from "./run-actions";
import { RunFacts } from "./run-facts";
import { RunLog } from "./run-log";
import { RunProgress } from "./run-progress";
import { TaskList } from "./task-list";
import { Timeline } from "./timeline";
import { runState } from "./words";

function Skeleton() {
  return (
    <Loading what="the sync">
      <Bone className="h-28" />
      <Bone className="mt-6 h-44" />
      <Bone className="mt-6 h-64" />
    </Loading>
  );
}

function Standing({ run: actual, reload }: { run: SyncRun; reload: () => void }) {
  const steered = actual.stage === "pausing" ? actual.stage : "";
  const { shown: run, expect, takeBack } = useExpected(actual, `${actual.state} ${steered}`);
  const state = runState(run);
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-2">
      <Pill tone={state.tone} icon={state.icon}>
        {state.text}
      </Pill>
      <Link dir="auto" className="text-link line-clamp-1 min-w-0" href={sourcePath(run.integration)}>
        {run.account}
      </Link>
      <div className="ms-auto flex flex-wrap gap-2">
        <RunActions run={run} reload={reload} expect={expect} takeBack={takeBack} />
        <ExportButton run={run} />
      </div>
    </div>
  );
}

function Body({ run, reload }: { run: SyncRun; reload: () => void }) {
  const mark = `${run.state} ${run.seen} ${run.failed} ${run.stage ?? ""}`;
  return (
    <div className="space-y-6">
      {run.error === null ? null : (
        <div className="rounded-md bg-bad-soft px-4 py-3">
          <p dir="auto" className="line-clamp-[12] text-bad">
            {run.error}
          </p>
        </div>
      )}
      {isActive(run) ? (
        <div className="rounded-lg border border-line bg-surface p-4">
          <RunProgress run={run} named={false} />
        </div>
      ) : null}
      <RunFacts run={run} />
      <Timeline run={run} mark={mark} />
      <Tabs
        label="Details of this sync"
        first={run.failed > 0 ? 1 : 0}
        tabs={[
          { name: "Tasks", panel: <TaskList runId={run.id} mark={mark} /> },
          { name: "Failed", panel: <FailedItems run={run} mark={mark} reload={reload} /> },
          { name: "Log", panel: <RunLog run={run} mark={mark} /> },
        ]}
      />
    </div>
  );
}

/** One sync: what it found, its steps over time, its tasks, what failed, and what the log says of it. */
export function RunPage({ id }: { id: string }) {
  const api = useApi();
  const pushed = useLiveRuns().get(id);
  const { data, error, reload } = useResource(id, (signal) => api.run(id, signal));
  const run = pushed ?? data;
  useReloadOnRuns(reload, run !== undefined && isActive(run));
  const gone = error?.status === 404;
  return (
    <>
      <p className="mb-3 text-sm print:hidden">
        <Link className="text-link inline-flex min-h-6 items-center gap-1" href="/runs">
          <Icon name="back" className="size-3.5" /> Runs
        </Link>
      </p>
      <Page
        title={run === undefined ? "Sync" : `Sync of ${run.integration}`}
        lead={run === undefined ? <div className="min-h-9" /> : <Standing run={run} reload={reload} />}
      >
        {run === undefined && error === undefined ? <Skeleton /> : null}
        {error !== undefined && !gone && run === undefined ? (
          <Failure title="The sync could not be loaded" error={error} retry={reload} />
        ) : null}
        {gone && run === undefined ? (
          <Empty title="There is no such sync">
            <p>The history keeps a limited number of syncs; this one may have been cleared.</p>
          </Empty>
        ) : null}
        {run === undefined ? null : <Body run={run} reload={reload} />}
      </Page>
    </>
  );
}
