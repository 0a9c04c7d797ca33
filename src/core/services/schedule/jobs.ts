import { eq } from "drizzle-orm";
import { z } from "zod";
import { setting } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { Timer } from "./timer";

/** Something that the installation does by itself at certain times, whatever is connected. */
export interface Job {
  /** Stable: its next run is kept under this name. */
  name: string;
  timer: Timer;
  run: (signal: AbortSignal) => Promise<void>;
}

const keptSchema = z.object({ cron: z.string(), timeZone: z.string(), next: z.iso.datetime() });

/**
 * True when the job's time has come and this process is the one to run it. Its next run is moved in the same
 * transaction; a job that is new, was given another time, or was moved too far by a wrong clock waits for its time.
 */
export async function claimJob(db: Db, { name, timer }: Job, now: Date): Promise<boolean> {
  const key = `job.${name}`;
  const next = timer.next(now).toISOString();
  const isDue = async (tx: Db): Promise<"due" | "wait" | "new"> => {
    const [row] = await tx.select({ value: setting.value }).from(setting).where(eq(setting.key, key));
    const kept = keptSchema.safeParse(row?.value).data;
    if (kept?.cron !== timer.cron || kept.timeZone !== timer.timeZone || kept.next > next) return "new";
    return kept.next <= now.toISOString() ? "due" : "wait";
  };
  if ((await isDue(db)) === "wait") return false;
  return db.transaction(async (tx) => {
    const found = await isDue(tx);
    if (found === "wait") return false;
    const value = { cron: timer.cron, timeZone: timer.timeZone, next };
    await tx
      .insert(setting)
      .values({ key, value })
      .onConflictDoUpdate({ target: setting.key, set: { value } });
    return found === "due";
  });
}
