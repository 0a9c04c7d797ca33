import { useState } from "react";
import { useApi } from "@/client/api";
import { isActive, useLiveRuns, useReloadOnRuns, type LiveRuns } from "@/client/data/live-runs";
import { useResource } from "@/client/data/use-resource";
import { Link, navigate, useLocation } from "@/client/router";
import { Button } from "@/client/ui/button";
import { Page } from "@/client/ui/page";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import { useHiddenColumns } from "@/client/views/columns";
import { ColumnsMenu } from "@/client/views/columns-menu";
import { ViewsMenu } from "@/client/views/views-menu";
import type { SyncRun } from "@/core/models/sync";
import { FailedSection } from "./failed-section";
import { FilterBar } from "./filter-bar";
import { readRunFilters, runsPath, type RunFilters } from "./run-filters";
import { runColumns, RunsTable } from "./runs-table";

const pageSize = 50;
const mostShown = 200;

/** Stored runs with the pushed ones in their place, newest first; new ones only where they fit what is asked for. */
export function mergeRuns(
  stored: readonly SyncRun[],
  live: LiveRuns,
  filters: RunFilters = { integration: "", state: "" },
): SyncRun[] {
  const byId = new Map(stored.map((run) => [run.id, run]));
  const fits = (run: SyncRun) =>
    (filters.integration === "" || run.integration === filters.integration) &&
    (filters.state === "" || run.state === filters.state);
  for (const [id, run] of live) if (byId.has(id) || (isActive(run) && fits(run))) byId.set(id, run);
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

function NoRuns({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty title="No sync fits these filters">
        <Button onClick={() => navigate(runsPath({ integration: "", state: "" }))}>Clear filters</Button>
      </Empty>
    );
  }
  return (
    <Empty title="Nothing has been synced yet">
      <p>
        <Link className="text-link" href="/sources">
          Connect a source
        </Link>{" "}
        and its syncs are listed here as they go.
      </p>
    </Empty>
  );
}

/** The history of syncs, and what failed lately. */
export function RunsPage() {
  const api = useApi();
  const live = useLiveRuns();
  const filters = readRunFilters(useLocation().searchParams);
  const { hidden, toggle } = useHiddenColumns("runs");
  const [limit, setLimit] = useState(pageSize);
  const filtered = filters.integration !== "" || filters.state !== "";
  const asked = {
    limit,
    ...(filters.integration === "" ? {} : { integration: filters.integration }),
    ...(filters.state === "" ? {} : { state: filters.state }),
  };
  const { data, error, reload } = useResource(JSON.stringify(asked), (signal) => api.runs(asked, signal));
  const runs = data === undefined ? undefined : mergeRuns(data.runs, live, filters);
  useReloadOnRuns(reload, runs?.some(isActive) ?? false);
  const more = (data?.runs.length ?? 0) >= limit && limit < mostShown;
  return (
    <Page title="Runs" lead="Every sync: what it found, how long it took, and what went wrong">
      <FilterBar filters={filters}>
        <ColumnsMenu columns={runColumns} hidden={hidden} toggle={toggle} />
        <ViewsMenu />
      </FilterBar>
      <div className="min-h-[19.5rem]">
        {error === undefined ? null : (
          <Failure title="The runs could not be loaded" error={error} retry={reload} />
        )}
        {runs === undefined && error === undefined ? <Skeleton /> : null}
        {runs !== undefined && runs.length === 0 ? <NoRuns filtered={filtered} /> : null}
        {runs !== undefined && runs.length > 0 ? <RunsTable runs={runs} hidden={hidden} /> : null}
        {more ? (
          <Button className="mt-3" onClick={() => setLimit(limit + pageSize)}>
            Show more
          </Button>
        ) : null}
      </div>
      <FailedSection />
    </Page>
  );
}
