import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { isActive } from "@/client/data/live-runs";
import { navigate, runPath, sourcePath } from "@/client/router";
import { KeepBoth } from "@/client/sources/keep-both";
import { Button } from "@/client/ui/button";
import type { SyncRun } from "@/core/models/sync";
import { HeldRemovals } from "./held-removals";
import { startedWords } from "./started-words";

/** What a run is shown as once something was asked of it, until the server says so itself. */
const expected = {
  cancel: { stage: "cancelling" },
  pause: { stage: "pausing" },
  resume: { state: "queued", stage: null },
} as const;

interface Props {
  run: SyncRun;
  reload: () => void;
  /** Shows a change at once, and takes it back when it did not come to pass. */
  expect: (change: Partial<SyncRun>) => void;
  takeBack: () => void;
}

/** Asks the server to steer the run, or to start it again. `busy` is true until it has answered. */
function useSteering({ run, reload, expect, takeBack }: Props) {
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
      done: (answer) => startedWords("The sync", answer),
      failed: "It did not start.",
    });
    if (started !== undefined) navigate(runPath(started.runId));
  };
  return { busy, steer, again };
}

type Steering = ReturnType<typeof useSteering>;

function underWay({ stage }: SyncRun, { busy, steer }: Steering) {
  return (
    <>
      <Button
        icon="close"
        disabled={busy || stage === "cancelling"}
        onClick={() => void steer("cancel", "It stops after the page it is reading.")}
      >
        Cancel
      </Button>
      <Button
        icon="pause"
        disabled={busy || stage === "pausing" || stage === "cancelling"}
        onClick={() => void steer("pause", "It pauses after the page it is reading.")}
      >
        Pause
      </Button>
    </>
  );
}

function standing({ busy, steer }: Steering) {
  return (
    <>
      <Button look="primary" icon="play" disabled={busy} onClick={() => void steer("resume", "It goes on.")}>
        Resume
      </Button>
      <Button icon="close" disabled={busy} onClick={() => void steer("cancel", "It is cancelled.")}>
        Cancel
      </Button>
    </>
  );
}

function ended(run: SyncRun, { busy, again }: Steering) {
  return (
    <>
      <Button icon="sync" disabled={busy} onClick={() => void again()}>
        Sync again
      </Button>
      <KeepBoth run={run} done={() => navigate(sourcePath(run.integration))} />
      <HeldRemovals run={run} busy={busy} remove={() => void again(true)} />
    </>
  );
}

/** What can be done with a sync: steer one under way, go on with one that stands, start an ended one again. */
export function RunActions(props: Props) {
  const { run } = props;
  const steering = useSteering(props);
  // Not components of their own: the first button stays, and keeps focus, when the run's state changes below it.
  if (isActive(run)) return underWay(run, steering);
  if (run.state === "parked" || run.state === "interrupted") return standing(steering);
  return ended(run, steering);
}
