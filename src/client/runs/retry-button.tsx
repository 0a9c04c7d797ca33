import { useState } from "react";
import { asApiError, useApi } from "@/client/api";
import { Button } from "@/client/ui/button";
import { useNotices } from "@/client/ui/notices";
import { count } from "./words";

/** Tries everything that failed once more. */
export function RetryButton({ reload }: { reload: () => void }) {
  const api = useApi();
  const { notify } = useNotices();
  const [busy, setBusy] = useState(false);
  const retry = async () => {
    setBusy(true);
    try {
      const { runs } = await api.retryFailed();
      notify(
        runs.length === 0
          ? "Nothing is left to try again."
          : `${count(runs.length, "sync has", "syncs have")} started.`,
      );
    } catch (thrown) {
      notify(`Nothing was started: ${asApiError(thrown).message}`, "bad");
    }
    setBusy(false);
    reload();
  };
  return (
    <Button icon="sync" className="mb-3" disabled={busy} onClick={() => void retry()}>
      Try all again now
    </Button>
  );
}
