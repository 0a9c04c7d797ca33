import { useState } from "react";
import { asApiError, useApi } from "@/client/api";
import { useNotices } from "@/client/ui/notices";
import type { Source } from "@/core/models/api";
import type { SyncMode } from "@/core/models/sync";
import { activeRuns } from "./source-view";

/** Starting and stopping the syncs of one source. `asked` is true until the server has answered. */
export function useSync(source: Source, reload: () => void) {
  const api = useApi();
  const { notify } = useNotices();
  const [asked, setAsked] = useState(false);
  const ask = async (what: () => Promise<unknown>, done: string, failed: string) => {
    setAsked(true);
    try {
      await what();
      notify(done);
    } catch (thrown) {
      notify(`${failed} ${asApiError(thrown).message}`, "bad");
    }
    setAsked(false);
    reload();
  };
  const name = source.integration;
  return {
    asked,
    start: (mode: SyncMode) =>
      void ask(
        () => api.sync(name, mode),
        mode === "full" ? `Full sync of ${name} has started.` : `Sync of ${name} has started.`,
        `${name} did not start.`,
      ),
    cancel: () =>
      void ask(
        () => Promise.all(activeRuns(source).map((run) => api.cancel(run.id))),
        `${name} stops after the page it is reading.`,
        `${name} could not be cancelled.`,
      ),
  };
}
