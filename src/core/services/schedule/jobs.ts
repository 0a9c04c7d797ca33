import { z } from "zod";
import { readSetting, saveSetting } from "@/core/db/queries/settings";
import type { Db } from "@/core/models/database";
import { type JobRun, jobRunSchema } from "@/core/models/job";
import type { Timer } from "./timer";

/** Something that the installation does by itself at certain times, whatever is connected. */
export interface Job {
  /** Stable: its next run is kept under this name. */
  name: string;
  /** What it does, in plain words. */
  does: string;
  timer: Timer;
  run: (signal: AbortSignal) => Promise<void>;
}

const keptSchema = z.object({
  cron: z.string(),
  timeZone: z.string(),
  next: z.iso.datetime(),
  last: jobRunSchema.optional(),
});
type Kept = z.infer<typeof keptSchema>;

const keyOf = (name: string) => `job.${name}`;

/** What is kept of a job: its next run, and how its last one went. Undefined for one that is new. */
export async function readJob(db: Db, name: string): Promise<Kept | undefined> {
  return keptSchema.safeParse(await readSetting(db, keyOf(name))).data;
}

async function keep(tx: Db, name: string, value: Kept): Promise<void> {
  await saveSetting(tx, keyOf(name), value);
}

/**
 * True when the job's time has come and this process is the one to run it. Its next run is moved in the same
 * transaction; a job that is new, was given another time, or was moved too far by a wrong clock waits for its time.
 */
export async function claimJob(
  db: Db,
  { name, timer }: Pick<Job, "name" | "timer">,
  now: Date,
): Promise<boolean> {
  const next = timer.next(now).toISOString();
  const isDue = (kept: Kept | undefined): "due" | "wait" | "new" => {
    if (kept?.cron !== timer.cron || kept.timeZone !== timer.timeZone || kept.next > next) return "new";
    return kept.next <= now.toISOString() ? "due" : "wait";
  };
  if (isDue(await readJob(db, name)) === "wait") return false;
  return db.transaction(async (tx) => {
    const kept = await readJob(tx, name);
    const found = isDue(kept);
    if (found === "wait") return false;
    const last = kept?.last === undefined ? {} : { last: kept.last };
    await keep(tx, name, { cron: timer.cron, timeZone: timer.timeZone, next, ...last });
    return found === "due";
  });
}

/** Writes down how a run of the job went. Its next run stays as it is. */
export async function noteJobRun(
  db: Db,
  { name, timer }: Pick<Job, "name" | "timer">,
  last: JobRun,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { cron, timeZone } = timer;
    const kept = (await readJob(tx, name)) ?? { cron, timeZone, next: timer.next(now).toISOString() };
    await keep(tx, name, { ...kept, last });
  });
}
