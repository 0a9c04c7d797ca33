import { z } from "zod";
import { readSetting, saveSetting } from "@/core/db/queries/settings";
import type { Db } from "@/core/models/database";
import { messageOf, RateLimitedError, TransientError } from "@/core/models/errors";

/** How many artifacts of one integration may be worked on. */
export interface StageBudget {
  perHour: number;
  perDay: number;
}

export const DEFAULT_BUDGET: StageBudget = { perHour: 500, perDay: 5_000 };

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;
const MAX_DECLINED = 2_000;

const usageSchema = z
  .object({ hour: z.string(), inHour: z.number(), day: z.string(), inDay: z.number() })
  .catch({ hour: "", inHour: 0, day: "", inDay: 0 });
const pauseSchema = z
  .object({
    until: z.number(),
    failures: z.number(),
    worker: z.string().optional(),
    reason: z.string().optional(),
  })
  .catch({ until: 0, failures: 0 });
const declinedSchema = z.object({ worker: z.string(), versions: z.array(z.string()) });

/** What a stage must not forget when the program stops: what it spent, when it may go on, what it gave up. */
export class StageLedger {
  /** Pauses that a person ends, by a restart with another key or worker. */
  private pausedHere = 0;
  private declined: Set<string> | undefined;

  /**
   * @param name of the stage: what it keeps is in `setting` under it.
   * @param worker what does the work; what it gave up is open again to another one.
   */
  constructor(
    private readonly db: Db,
    private readonly name: string,
    private readonly worker: string,
    private readonly budget: StageBudget,
    private readonly now: () => number,
  ) {}

  /** Takes one artifact out of an integration's budget. False when this hour's or this day's is used up. */
  take(integration: string): Promise<boolean> {
    const key = `${this.name}.budget.${integration}`;
    const stamp = new Date(this.now()).toISOString();
    const [day, hour] = [stamp.slice(0, 10), stamp.slice(0, 13)];
    return this.db.transaction(async (tx) => {
      const used = usageSchema.parse(await readSetting(tx, key));
      const inHour = used.hour === hour ? used.inHour : 0;
      const inDay = used.day === day ? used.inDay : 0;
      if (inHour >= this.budget.perHour || inDay >= this.budget.perDay) return false;
      await saveSetting(tx, key, { hour, inHour: inHour + 1, day, inDay: inDay + 1 });
      return true;
    });
  }

  /** When work may go on, in epoch milliseconds; 0 for now. */
  async pausedUntil(): Promise<number> {
    const { until } = await this.paused();
    const latest = Math.max(until, this.pausedHere);
    return latest > this.now() ? latest : 0;
  }

  /** Stops for a while: twice as long with every failure in a row, at least as long as the provider wants. */
  async pause(error: unknown): Promise<number> {
    const { until: before, failures } = await this.paused();
    const told = { worker: this.worker, reason: messageOf(error) };
    if (!(error instanceof RateLimitedError) && !(error instanceof TransientError)) {
      this.pausedHere = this.now() + LONGEST_PAUSE_MS;
      await saveSetting(this.db, this.key("pause"), { until: before, failures, ...told });
      return this.pausedHere;
    }
    const backoff = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
    const wanted = error instanceof RateLimitedError ? error.retryAt.getTime() : 0;
    const until = Math.max(this.now() + backoff, wanted);
    await saveSetting(this.db, this.key("pause"), { until, failures: failures + 1, ...told });
    return until;
  }

  /**
   * It works: the next pause is a short one again. What was begun before a pause and ends in it says nothing against it.
   */
  async clearPause(): Promise<void> {
    const { failures, until, reason } = await this.paused();
    if ((failures > 0 || reason !== undefined) && Math.max(until, this.pausedHere) <= this.now())
      await saveSetting(this.db, this.key("pause"), { until: 0, failures: 0 });
  }

  /** True when this worker could do nothing with this version of an artifact. */
  async isDeclined(id: string, contentHash: string): Promise<boolean> {
    return (await this.declinedVersions()).has(version(id, contentHash));
  }

  /** Never gives this worker this version again; the oldest of 2,000 are forgotten. */
  async decline(id: string, contentHash: string): Promise<void> {
    const versions = await this.declinedVersions();
    versions.add(version(id, contentHash));
    const kept = [...versions].slice(-MAX_DECLINED);
    this.declined = new Set(kept);
    await saveSetting(this.db, this.key("declined"), { worker: this.worker, versions: kept });
  }

  /** What was said of another worker does not hold for this one. */
  private async paused(): Promise<z.infer<typeof pauseSchema>> {
    const kept = pauseSchema.parse(await readSetting(this.db, this.key("pause")));
    return kept.worker === undefined || kept.worker === this.worker ? kept : { until: 0, failures: 0 };
  }

  private key(of: "pause" | "declined"): string {
    return `${this.name}.${of}`;
  }

  private async declinedVersions(): Promise<Set<string>> {
    if (this.declined === undefined) {
      const parsed = declinedSchema.safeParse(await readSetting(this.db, this.key("declined")));
      this.declined ??= new Set(
        parsed.success && parsed.data.worker === this.worker ? parsed.data.versions : [],
      );
    }
    return this.declined;
  }
}

/** Why a stage's worker does nothing at present, in plain words; null while it works. */
export async function stageProblem(db: Db, name: string, worker: string): Promise<string | null> {
  const kept = pauseSchema.parse(await readSetting(db, `${name}.pause`));
  return kept.worker === worker ? (kept.reason ?? null) : null;
}

const version = (id: string, contentHash: string): string => `${id}:${contentHash.slice(0, 16)}`;
