import { claimDue, pullInDistant } from "./due";
import type { JobRunner } from "./job-runner";
import { startDue, type StartDeps } from "./start-due";
import { wakePending } from "./wake-pending";

/** How often the clock is looked at, in milliseconds. */
const TICK_MS = 5_000;

export interface SchedulerDeps extends StartDeps {
  /** False starts nothing, ever. */
  enabled: boolean;
  /** What the installation does by itself, beside the schedules of accounts. */
  jobs?: Pick<JobRunner, "runDue" | "stop">;
  now?: () => Date;
  random?: () => number;
}

export interface Scheduler {
  /** Looks at the clock every few seconds from now on. */
  start: () => void;
  /** Starts what is due now. Never throws; a second call waits for the first. */
  tick: () => Promise<void>;
  /** Starts nothing more; resolves when what it was doing has ended. */
  stop: () => Promise<void>;
}

/** Starts syncs and jobs when their time has come. Any number of processes may run one on the same database. */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { db, log, jobs, now = () => new Date(), random = Math.random } = deps;
  const stopped = new AbortController();
  let timer: Timer | undefined;
  let ticking: Promise<void> | undefined;

  const look = async () => {
    await pullInDistant(db, now(), random);
    for (const row of await claimDue(db, now(), random)) {
      if (!stopped.signal.aborted) await startDue(deps, row, now());
    }
    if (!stopped.signal.aborted) await wakePending(deps, now());
    if (!stopped.signal.aborted) await jobs?.runDue(now());
  };
  const tick = (): Promise<void> => {
    if (!deps.enabled || stopped.signal.aborted) return Promise.resolve();
    ticking ??= look()
      .catch((error: unknown) => log.error("The scheduler failed; it looks again in a moment.", { error }))
      .finally(() => (ticking = undefined));
    return ticking;
  };
  return {
    tick,
    start: () => {
      if (!deps.enabled || timer !== undefined || stopped.signal.aborted) return;
      timer = setInterval(() => void tick(), TICK_MS);
      timer.unref();
      void tick();
    },
    stop: async () => {
      stopped.abort();
      clearInterval(timer);
      await Promise.all([jobs?.stop(), ticking]);
    },
  };
}
