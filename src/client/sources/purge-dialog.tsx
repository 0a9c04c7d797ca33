import { useState } from "react";
import { asApiError, useApi } from "@/client/api";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { Dialog } from "@/client/ui/dialog";
import { useNotices } from "@/client/ui/notices";
import type { Source } from "@/core/models/api";

/** The second step before a source's synced data is removed. */
export function PurgeDialog({
  source,
  close,
  done,
}: {
  source: Source;
  close: () => void;
  done: () => void;
}) {
  const api = useApi();
  const { notify } = useNotices();
  const [busy, setBusy] = useState(false);
  const purge = async () => {
    setBusy(true);
    try {
      await api.purge(source.integration);
      notify(`What was synced from ${source.integration} is removed.`);
      done();
    } catch (thrown) {
      notify(`Nothing was removed from ${source.integration}: ${asApiError(thrown).message}`, "bad");
      close();
    }
  };
  return (
    <Dialog title={`Remove what was synced from ${source.integration}?`} close={close} busy={busy}>
      <p>
        {count(source.artifacts, "artifact")}, their index and the sync history go away here. Nothing changes
        at the source, the accounts stay connected, and a full sync brings everything back.
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={close} disabled={busy}>
          Keep it
        </Button>
        <Button look="danger" disabled={busy} onClick={() => void purge()}>
          {busy ? "Removing…" : "Remove synced data"}
        </Button>
      </div>
    </Dialog>
  );
}
