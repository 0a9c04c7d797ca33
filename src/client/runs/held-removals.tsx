import { useState } from "react";
import { Button } from "@/client/ui/button";
import { ConfirmDialog } from "@/client/ui/confirm-dialog";
import { closeToHeading } from "@/client/ui/focus-heading";
import type { SyncRun } from "@/core/models/sync";
import { heldDeletions } from "./held";
import { count } from "./words";

/** Removals that the guard held: a person says whether they were meant. Nothing where it held none. */
export function HeldRemovals({
  run,
  busy,
  remove,
}: {
  run: SyncRun;
  busy: boolean;
  /** Starts the full sync that removes what is still missing then. */
  remove: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const held = heldDeletions(run);
  if (held === undefined) return null;
  const { missing, of } = held;
  return (
    <>
      <Button disabled={busy} onClick={() => setAsking(true)}>
        Remove them here too…
      </Button>
      {asking ? (
        <ConfirmDialog
          title={`Remove ${missing.toLocaleString("en")} of ${count(of, "item")} here too?`}
          action={`Remove ${count(missing, "item")}`}
          busy={busy}
          close={() => setAsking(false)}
          confirm={() => {
            remove();
            closeToHeading(() => setAsking(false));
          }}
        >
          <p>
            {run.integration} no longer lists them for {run.account}. A full sync reads everything again and
            removes what is still missing then. Nothing changes at the source.
          </p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
