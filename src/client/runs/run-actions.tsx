import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { isActive } from "@/client/data/live-runs";
import { navigate, runPath } from "@/client/router";
import { Button } from "@/client/ui/button";
import type { SyncRun } from "@/core/models/sync";
import { heldDeletions } from "./held";

/** What can be done with a sync: steer one under way, go on with one that stands, start an ended one again. */
export function RunActions({ run, reload }: { run: SyncRun; reload: () => void }) {
  const api = useApi();
  const { busy, act } = useAction();
  const steer = (how: "cancel" | "pause" | "resume", done: string) =>
    void act(() => api[how](run.id), { done, failed: "That did not work." }).finally(reload);
  const again = async (confirmDeletions = false) => {
    const options = { account: run.account, ...(confirmDeletions ? { confirmDeletions } : {}) };
    const mode = confirmDeletions ? "full" : run.mode;
    const started = await act(() => api.sync(run.integration, mode, options), {
      done: "The sync has started.",
      failed: "It did not start.",
    });
    if (started !== undefined) navigate(runPath(started.runId));
  };
  if (isActive(run)) {
    return (
      <>
        <Button
          icon="close"
          disabled={busy}
          onClick={() => steer("cancel", "It stops after the page it is reading.")}
        >
          Cancel
        </Button>
        <Button
          icon="pause"
          disabled={busy}
          onClick={() => steer("pause", "It pauses after the page it is reading.")}
        >
          Pause
        </Button>
      </>
    );
  }
  if (run.state === "parked" || run.state === "interrupted") {
    return (
      <>
        <Button look="primary" icon="play" disabled={busy} onClick={() => steer("resume", "It goes on.")}>
          Resume
        </Button>
        <Button icon="close" disabled={busy} onClick={() => steer("cancel", "It is cancelled.")}>
          Cancel
        </Button>
      </>
    );
  }
  const held = heldDeletions(run);
  return (
    <>
      <Button icon="sync" disabled={busy} onClick={() => void again()}>
        Sync again
      </Button>
      {held === undefined ? null : (
        <Button look="danger" icon="trash" disabled={busy} onClick={() => void again(true)}>
          Sync and remove {held.missing} items
        </Button>
      )}
    </>
  );
}
