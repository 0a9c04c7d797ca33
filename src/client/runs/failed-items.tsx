import { useApi } from "@/client/api";
import { useReloadOnRuns } from "@/client/data/live-runs";
import { useResource } from "@/client/data/use-resource";
import { Bone, Failure, Loading } from "@/client/ui/states";
import type { SyncRun } from "@/core/models/sync";
import { FailedTasks } from "./failed-tasks";
import { RetryButton } from "./retry-button";
import { count } from "./words";

const most = 200;

/** What failed in one sync and has not been made good since, each to be tried again, or all of the source at once. */
export function FailedItems({
  run,
  mark,
  reload: reloadRun,
}: {
  run: SyncRun;
  mark: string;
  reload: () => void;
}) {
  const api = useApi();
  const { data, error, reload } = useResource(`${run.id} failed ${mark}`, (signal) =>
    api.runTasks(run.id, { status: "FAILED", limit: most }, signal),
  );
  // A retry is a sync of its own, and its end is what makes a failure good.
  useReloadOnRuns(reload, false);
  const both = () => {
    reload();
    reloadRun();
  };
  if (error !== undefined)
    return <Failure title="The failures could not be loaded" error={error} retry={reload} />;
  if (data === undefined) {
    return (
      <Loading what="failures">
        <Bone className="h-24" />
      </Loading>
    );
  }
  if (data.total === 0)
    return <p className="text-muted">Nothing failed here, or it has been made good since.</p>;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-muted">
          {count(data.total, "failure")}
          {data.total > most ? `, the first ${most} are shown` : ""}
        </p>
        <RetryButton integration={run.integration} reload={both}>
          Try all of {run.integration} again
        </RetryButton>
      </div>
      <FailedTasks tasks={data.syncTasks} reload={both} />
    </>
  );
}
