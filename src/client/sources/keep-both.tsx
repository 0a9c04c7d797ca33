import { useState, type FormEvent } from "react";
import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { heldDeletions } from "@/client/runs/held";
import { Button } from "@/client/ui/button";
import { Dialog } from "@/client/ui/dialog";
import { closeToHeading } from "@/client/ui/focus-heading";
import { formText } from "@/client/ui/form-text";
import type { SyncRun } from "@/core/models/sync";

type HeldRun = Pick<SyncRun, "integration" | "account" | "cause">;

/** Asks for a name for the account that the key leads to now. */
function NameDialog({
  run,
  busy,
  close,
  keep,
}: {
  run: HeldRun;
  busy: boolean;
  close: () => void;
  keep: (newAccount: string) => void;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = formText(event.currentTarget, "newAccount").trim();
    if (name !== "") keep(name);
  };
  return (
    <Dialog title="Keep both accounts" close={close} busy={busy}>
      <form className="space-y-4" onSubmit={submit}>
        <p dir="auto">
          “{run.account}” was connected anew and leads to another account of {run.integration}. That gets a
          name of its own and is read; what was synced before stays searchable under the old one.
        </p>
        <div>
          <label htmlFor="new-account" className="mb-1 block text-sm font-semibold">
            Name of the account it leads to now
          </label>
          <input
            id="new-account"
            name="newAccount"
            className="field"
            required
            maxLength={500}
            autoComplete="off"
            defaultValue={`${run.account} (2)`}
          />
        </div>
        <div className="flex justify-end gap-2">
          <Button disabled={busy} onClick={close}>
            Not now
          </Button>
          <Button type="submit" look="primary" disabled={busy}>
            {busy ? "Keeping…" : "Keep both"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/**
 * For a reconnect that led to another account: what it leads to now gets a name of its own, and both stay. Shown only
 * where the guard found that; `done` is called once it is so.
 */
export function KeepBoth({ run, done }: { run: HeldRun; done: () => void }) {
  const api = useApi();
  const { busy, act } = useAction();
  const [asking, setAsking] = useState(false);
  if (heldDeletions(run)?.reconnected !== true) return null;
  const close = () => setAsking(false);
  const keep = async (newAccount: string) => {
    const kept = await act(() => api.keepBoth(run.integration, { account: run.account, newAccount }), {
      done: `${newAccount} is an account of its own now. Its first sync has started.`,
      failed: "Both are as they were.",
    });
    if (kept === undefined) return;
    closeToHeading(close);
    done();
  };
  return (
    <>
      <Button icon="plug" disabled={busy} onClick={() => setAsking(true)}>
        Keep both…
      </Button>
      {asking ? (
        <NameDialog run={run} busy={busy} close={close} keep={(newAccount) => void keep(newAccount)} />
      ) : null}
    </>
  );
}
