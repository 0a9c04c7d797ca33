import { useApi } from "@/client/api";
import { useReloadOnRuns } from "@/client/data/live-runs";
import { useResource } from "@/client/data/use-resource";
import { FirstRun } from "@/client/first-run/first-run";
import { FirstSteps } from "@/client/first-run/first-steps";
import { count } from "@/client/runs/words";
import { activeRuns, isInUse } from "@/client/sources/source-view";
import { useSources } from "@/client/sources/use-sources";
import { bytesWords } from "@/client/ui/bytes";
import { Page } from "@/client/ui/page";
import { Stats } from "@/client/ui/stats";
import { Bone, Failure, Loading } from "@/client/ui/states";
import type { Source } from "@/core/models/api";
import type { Overview } from "@/core/models/overview";
import { Charts } from "./charts";
import { Entities } from "./entities";
import { Freshness } from "./freshness";
import { RecentFailures } from "./recent-failures";

function Skeleton() {
  return (
    <Loading what="the overview">
      <Bone className="h-20" />
      <div className="mt-8 grid gap-4 md:grid-cols-2">
        <Bone className="h-56" />
        <Bone className="h-56" />
      </div>
      <Bone className="mt-8 h-48" />
    </Loading>
  );
}

function Figures({ overview }: { overview: Overview }) {
  const { queue, bytes } = overview;
  const standing = queue.queued + queue.parked + queue.interrupted;
  return (
    <Stats
      label="Figures"
      stats={[
        {
          name: "Artifacts",
          value: overview.artifacts,
          note:
            overview.waiting > 0
              ? `${count(overview.waiting, "waits", "wait")} for the index`
              : "all can be found",
        },
        { name: "Passages", value: overview.passages, note: "that search looks at" },
        {
          name: "Syncs under way",
          value: queue.running,
          note: standing > 0 ? `${count(standing, "waits", "wait")} to go on` : "none waits",
        },
        {
          name: "Insights to make",
          value: queue.insights,
          note: queue.insights > 0 ? "made in the background" : "all are made",
        },
        {
          name: "Items that failed",
          value: queue.failedItems,
          tone: queue.failedItems > 0 ? "bad" : undefined,
          note: queue.failedItems > 0 ? "tried again in each sync" : "none",
        },
        {
          name: "Index",
          value: bytesWords(bytes.database + bytes.log),
          note: `${bytesWords(bytes.diskFree)} free`,
        },
      ]}
    />
  );
}

function Filled({
  overview,
  sources,
  schedules,
}: {
  overview: Overview;
  sources: readonly Source[];
  schedules: ReturnType<typeof useSources>["schedules"];
}) {
  return (
    <>
      <FirstSteps sources={sources} />
      <Figures overview={overview} />
      <Charts days={overview.days} />
      <Freshness sources={sources} schedules={schedules} />
      <RecentFailures failures={overview.failures} />
      <Entities entities={overview.entities} />
    </>
  );
}

/** How everything stands at a glance; before anything is connected, the way to begin. */
export function OverviewPage() {
  const api = useApi();
  const { data, error, reload } = useResource("overview", (signal) => api.overview(signal));
  const { sources, error: sourcesError, reload: reloadSources, schedules } = useSources();
  useReloadOnRuns(reload, sources?.some((source) => activeRuns(source).length > 0) ?? false);
  const failed = error ?? sourcesError;
  const inUse = sources?.filter(isInUse) ?? [];
  const both = () => {
    reload();
    reloadSources();
  };
  if (sources !== undefined && inUse.length === 0) return <FirstRun sources={sources} reload={both} />;
  return (
    <Page title="Overview" lead="What is indexed, how fresh it is, and what needs you">
      {failed === undefined ? null : (
        <Failure title="The overview could not be loaded" error={failed} retry={both} />
      )}
      {failed === undefined && (data === undefined || sources === undefined) ? <Skeleton /> : null}
      {data === undefined || sources === undefined ? null : (
        <Filled overview={data} sources={inUse} schedules={schedules} />
      )}
    </Page>
  );
}
