import { useCallback } from "react";
import { useApi } from "@/client/api";
import { useLiveRuns, useReloadOnRuns } from "@/client/data/live-runs";
import { useEndedRuns } from "@/client/data/use-ended-runs";
import { useResource } from "@/client/data/use-resource";
import { endedAnnouncement, waitsBySelf } from "@/client/runs/words";
import { useNotices } from "@/client/ui/notices";
import type { SyncRun } from "@/core/models/sync";
import { activeRuns, withLiveRuns } from "./source-view";

/** All sources with their runs as they go, and when they sync next. Says when the syncs of a source end. */
export function useSources() {
  const api = useApi();
  const live = useLiveRuns();
  const { notify } = useNotices();
  const { data, error, reload } = useResource("sources", (signal) => api.sources(signal));
  const schedules = useResource("schedules", (signal) => api.schedules(signal));
  const sources = data?.integrations.map((source) => withLiveRuns(source, live));
  useReloadOnRuns(reload, sources?.some((source) => activeRuns(source).length > 0) ?? false);
  const tell = useCallback(
    (ended: readonly SyncRun[]) =>
      notify(
        endedAnnouncement(ended),
        ended.some((run) => run.state === "failed") ? "bad" : ended.every(waitsBySelf) ? "calm" : "ok",
      ),
    [notify],
  );
  useEndedRuns(
    sources?.flatMap((source) => source.runs),
    tell,
  );
  return {
    sources,
    error,
    reload,
    schedules: schedules.data?.schedules ?? [],
    reloadSchedules: schedules.reload,
  };
}
