import { useApi } from "@/client/api";
import { useReloadOnRuns } from "@/client/data/live-runs";
import { useResource } from "@/client/data/use-resource";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import { FailedTasks } from "./failed-tasks";
import { RetryButton } from "./retry-button";

/** What failed in the last day over all sources, with the ways to try it again. */
export function FailedSection() {
  const api = useApi();
  const { data, error, reload } = useResource("tasks", (signal) => api.recentTasks(signal));
  useReloadOnRuns(reload, false);
  const failed = data?.syncTasks.filter((task) => task.status === "FAILED") ?? [];
  return (
    <Section
      title="What failed lately"
      lead="Each of these is also tried again in the next sync of its source."
      actions={failed.length > 0 ? <RetryButton reload={reload}>Try all again now</RetryButton> : undefined}
    >
      {error === undefined ? null : (
        <Failure title="The tasks could not be loaded" error={error} retry={reload} />
      )}
      {data === undefined && error === undefined ? (
        <Loading what="failed tasks">
          <Bone className="h-20" />
        </Loading>
      ) : null}
      {data !== undefined && failed.length === 0 ? <p>Nothing failed.</p> : null}
      {failed.length > 0 ? <FailedTasks tasks={failed} reload={reload} /> : null}
    </Section>
  );
}
