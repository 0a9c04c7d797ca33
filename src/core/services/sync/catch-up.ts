import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import { distilTogether } from "@/core/services/index/distil-together";
import { ensureIndex } from "@/core/services/index/index-schema";
import { countOlder, endRenewal, olderTo, sendOlder } from "@/core/services/index/renewal";
import { distilWaiting } from "./distil";
import { waitingIntegrations } from "./recover";
import { RecurringTrouble } from "./recurring-trouble";

/** Artifacts that are renewed at a time. */
const AT_A_TIME = 1_000;
/** Milliseconds after which what failed is tried again, and what others did to the index is looked at. */
const AGAIN_MS = 60_000;

interface Deps {
  db: Db;
  log: Logger;
  /** Aborted when the program stops. */
  signal: AbortSignal;
  /** Whether what a newer version made is left as it is, also by a process that just started. */
  leavesNewer?: boolean | undefined;
  now?: () => number;
}

/** What a process does for the index besides syncs: what an earlier one left waiting, and what an earlier version made. */
export class CatchUp {
  private waiting: Promise<boolean> | undefined;
  private renewing: Promise<boolean> | undefined;
  private looking: Promise<unknown> | undefined;
  private failedAt: number | undefined;
  private lookedAt: number;
  private isFirst = true;
  private readonly trouble = new RecurringTrouble();
  private readonly now: () => number;

  constructor(private readonly deps: Deps) {
    this.now = deps.now ?? (() => performance.now());
    this.lookedAt = this.now();
  }

  /** Insights and index for what waits. Once a process, unless it failed; never rejects. */
  withWaiting = async (): Promise<void> => {
    await this.triedWaiting();
  };

  /** The same, and then renews what an earlier version indexed. Once a process, unless it failed; never rejects. */
  withAll = async (): Promise<void> => {
    this.renewing ??= this.triedWaiting().then((isDone) => isDone && this.tried(() => this.renewAll()));
    await this.renewing;
  };

  /**
   * Tries again what failed some time ago, for lack of room, say, and renews what an earlier version that ran meanwhile,
   * such as a command of it, has indexed.
   */
  again = (): void => {
    if (this.looking !== undefined || this.now() - (this.failedAt ?? this.lookedAt) < AGAIN_MS) return;
    this.lookedAt = this.now();
    this.looking = this.tried(() => this.look()).finally(() => (this.looking = undefined));
  };

  /** Once nothing of it is under way any more. */
  settled = async (): Promise<void> => {
    await Promise.all([this.waiting, this.renewing, this.looking]);
  };

  private async look(): Promise<void> {
    await Promise.all([this.waiting, this.renewing]);
    if (this.failedAt === undefined && (await olderTo(this.deps.db)) === undefined) return;
    this.failedAt = undefined;
    [this.waiting, this.renewing] = [undefined, undefined];
    await this.withAll();
  }

  private triedWaiting(): Promise<boolean> {
    return (this.waiting ??= this.tried(() => this.distilWhatWaits()));
  }

  private async tried(work: () => Promise<void>): Promise<boolean> {
    const { log, signal } = this.deps;
    if (signal.aborted) return false;
    try {
      await work();
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      this.failedAt = this.now();
      this.trouble.came(error, (fields) => log.error("Catching up with what was waiting failed.", fields));
      return false;
    }
  }

  private async distilWhatWaits(): Promise<void> {
    const { db, log, signal } = this.deps;
    const evenNewer = this.isFirst && this.deps.leavesNewer !== true;
    this.isFirst = false;
    await ensureIndex(db, { evenNewer });
    for (const name of await waitingIntegrations(db)) await distilWaiting(db, name, log, signal);
  }

  private async renewAll(): Promise<void> {
    await this.renew();
    // Not before: what waits may be done each time, and a full disk be told of again and again.
    this.trouble.over();
  }

  private async renew(): Promise<void> {
    const { db, log, signal } = this.deps;
    const upTo = await olderTo(db);
    if (upTo === undefined) return;
    const artifacts = await countOlder(db);
    log.info("The index is renewed for this version; search goes on meanwhile.", { artifacts });
    let sent = await sendOlder(db, 0, AT_A_TIME);
    while (sent !== undefined) {
      for (const integration of sent.integrations) await distilTogether(db, { integration }, signal);
      sent = await sendOlder(db, sent.last, AT_A_TIME);
    }
    // What a pass could not do is looked at by the separate steps, which also say what is wrong with it.
    for (const name of await waitingIntegrations(db)) await distilWaiting(db, name, log, signal);
    await endRenewal(db, upTo);
    log.info("The index is renewed.", { artifacts });
  }
}
