import type { Db } from "@/core/models/database";
import { ConflictError, messageOf, NotFoundError } from "@/core/models/errors";
import type { JobState } from "@/core/models/job";
import type { Logger } from "@/core/models/logger";
import { closest } from "@/lib/closest";
import { claimJob, type Job, noteJobRun, readJob } from "./jobs";

/** The jobs of the installation: seen, run at their times, and run by hand. */
export interface JobRunner {
  list: () => Promise<JobState[]>;
  /**
   * Runs a job now, or waits for the run that is under way. Its next run stays where it was.
   *
   * @throws NotFoundError with near matches for an unknown name, ConflictError once everything stops.
   */
  run: (name: string) => Promise<JobState>;
  /** Runs, one after the other, what is due and what no other process has taken. Never throws for a job that fails. */
  runDue: (now: Date) => Promise<void>;
  /** Starts nothing more; resolves when what is under way has ended. */
  stop: () => Promise<void>;
}

interface Deps {
  db: Db;
  log: Logger;
  jobs: readonly Job[];
  /** Whether somebody calls `runDue`; otherwise no next run is shown. */
  enabled: boolean;
  now?: () => Date;
}

export function createJobRunner({ db, log, jobs, enabled, now = () => new Date() }: Deps): JobRunner {
  const stopped = new AbortController();
  const running = new Map<string, Promise<void>>();

  const runOnce = async (job: Job): Promise<void> => {
    const at = now();
    const start = performance.now();
    let error: string | null = null;
    try {
      await job.run(stopped.signal);
    } catch (thrown) {
      if (stopped.signal.aborted) return;
      log.error("A job failed.", { job: job.name, error: thrown });
      error = messageOf(thrown);
    }
    const ms = Math.round(performance.now() - start);
    await noteJobRun(db, job, { at: at.toISOString(), ms, error }, at);
  };
  /** One run of a job at a time in this process, whoever asks. */
  const start = (job: Job): Promise<void> => {
    const underWay = running.get(job.name);
    if (underWay !== undefined) return underWay;
    const run = runOnce(job).finally(() => running.delete(job.name));
    running.set(job.name, run);
    return run;
  };
  const stateOf = async (job: Job): Promise<JobState> => ({
    ...(await timesOf(db, job, enabled ? now() : undefined)),
    running: running.has(job.name),
  });
  return {
    list: () => Promise.all(jobs.map(stateOf)),
    run: async (name) => {
      const job = jobs.find((one) => one.name === name);
      if (job === undefined) throw noSuchJob(name, jobs);
      if (stopped.signal.aborted) throw new ConflictError("The server is stopping: run it once it is back.");
      await start(job);
      return await stateOf(job);
    },
    runDue: async (time) => {
      for (const job of jobs) {
        if (stopped.signal.aborted) return;
        if (await claimJob(db, job, time)) await start(job);
      }
    },
    stop: async () => {
      stopped.abort();
      await Promise.allSettled(running.values());
    },
  };
}

/** A job and its times; without `now` nothing will run it, and no next run is told. */
async function timesOf(
  db: Db,
  { name, does, timer }: Job,
  now: Date | undefined,
): Promise<Omit<JobState, "running">> {
  const kept = await readJob(db, name);
  const current = kept?.cron === timer.cron && kept.timeZone === timer.timeZone ? kept.next : undefined;
  return {
    name,
    does,
    summary: timer.summary,
    nextRunAt: now === undefined ? null : (current ?? timer.next(now).toISOString()),
    last: kept?.last ?? null,
  };
}

function noSuchJob(name: string, jobs: readonly Job[]): NotFoundError {
  const known = jobs.map((job) => job.name);
  const near = closest(name, known);
  const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There is ${known.join(", ")}.`;
  return new NotFoundError(`There is no job '${name.slice(0, 100)}'. ${hint}`);
}
