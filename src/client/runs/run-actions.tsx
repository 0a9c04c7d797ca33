import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { isActive } from "@/client/data/live-runs";
import { navigate, runPath, sourcePath } from "@/client/router";
import { KeepBoth } from "@/client/sources/keep-both";
import { Button } from "@/client/ui/button";
import type { SyncRun } from "@/core/models/sync";
import { heldDeletions } from "./held";

/** What a run is shown as once something was asked of it, until the server says so itself. */
const expected = {
  cancel: { stage: "cancelling" },
  pause: { stage: "pausing" },
  resume: { state: "queued", stage: null },
} as const;

/** What can be done with a sync: steer one under way, go on with one that stands, start an ended one again. */
export function RunActions({
  run,
  reload,
  expect,
  takeBack,
}: {
  run: SyncRun;
  reload: () => void;
  /** Shows a change at once, and takes it back when it did not come to pass. */
  expect: (change: Partial<SyncRun>) => void;
  takeBack: () => void;
}) {
  const api = useApi();
  const { busy, act } = useAction();
  const steer = async (how: keyof typeof expected, done: string) => {
    expect(expected[how]);
    const answer = await act(() => api[how](run.id), { done, failed: "That did not work." });
    if (answer === undefined) takeBack();
    reload();
  };
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
          disabled={busy || run.stage === "cancelling"}
          onClick={() => void steer("cancel", "It stops after the page it is reading.")}
        >
          Cancel
        </Button>
        <Button
          icon="pause"
          disabled={busy || run.stage === "pausing" || run.stage === "cancelling"}
          onClick={() => void steer("pause", "It pauses after the page it is reading.")}
        >
          Pause
        </Button>
      </>
    );
  }
  if (run.state === "parked" || run.state === "interrupted") {
    return (
      <>
        <Button
          look="primary"
          icon="play"
          disabled={busy}
          onClick={() => void steer("resume", "It goes on.")}
        >
          Resume
        </Button>
        <Button icon="close" disabled={busy} onClick={() => void steer("cancel", "It is cancelled.")}>
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
      <KeepBoth run={run} done={() => navigate(sourcePath(run.integration))} />
      {held === undefined ? null : (
        <Button look="danger" icon="trash" disabled={busy} onClick={() => void again(true)}>
          Sync and remove {held.missing} items
        </Button>
      )}
    </>
  );
}
