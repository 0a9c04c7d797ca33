import { useApi, type StartOptions } from "@/client/api";
import { startedWords } from "@/client/runs/started-words";
import { useAction } from "@/client/data/use-action";
import type { Source } from "@/core/models/api";
import type { SyncMode, SyncRun } from "@/core/models/sync";
import { activeRuns } from "./source-view";

/** Starting and steering the syncs of one source. `busy` is true until the server has answered. */
export function useSync(source: Source, reload: () => void) {
  const api = useApi();
  const { busy, act } = useAction();
  const name = source.integration;
  const ask = (what: () => Promise<unknown>, done: string, failed: string) =>
    void act(what, { done, failed }).finally(reload);
  const eachActive = (how: (run: SyncRun) => Promise<unknown>) => () =>
    Promise.all(activeRuns(source).map((run) => how(run)));
  return {
    busy,
    start: (mode: SyncMode, options?: StartOptions) =>
      void act(() => api.sync(name, mode, options), {
        done: (started) => startedWords(`${mode === "full" ? "Full sync" : "Sync"} of ${name}`, started),
        failed: `${name} did not start.`,
      }).finally(reload),
    cancel: () =>
      ask(
        eachActive((run) => api.cancel(run.id)),
        `${name} stops after the page it is reading.`,
        `${name} could not be cancelled.`,
      ),
    pause: () =>
      ask(
        eachActive((run) => api.pause(run.id)),
        `${name} pauses after the page it is reading.`,
        `${name} could not be paused.`,
      ),
    resume: (runs: readonly SyncRun[]) =>
      ask(
        () => Promise.all(runs.map((run) => api.resume(run.id))),
        `${name} goes on.`,
        `${name} did not go on.`,
      ),
  };
}
