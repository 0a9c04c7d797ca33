import type { Db } from "@/core/models/database";
import { ItemError, messageOf, StoneturnerError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { sleep } from "@/lib/utils";
import { type ArtifactRow, readArtifacts, storeInsights } from "./artifact-rows";
import { providedIn, withProvided } from "./provided";
import type { InsightExtractor } from "./types";
import { DEFAULT_BUDGET, type InsightBudget, UpgradeLedger } from "./upgrade-ledger";
import { type QueuePosition, waitingForModel } from "./upgrade-queue";

export interface UpgraderOptions {
  db: Db;
  log: Logger;
  /** A language model. Without one there is no upgrader, and nothing is sent anywhere. */
  extractor: InsightExtractor;
  /** Artifacts an integration; default 500 an hour, 5,000 a day. */
  budget?: InsightBudget;
  /** Called soon after artifacts of an integration got better insights, so that they are indexed again. */
  onUpgraded?: (integration: string) => void | Promise<void>;
  /** Milliseconds between two looks for waiting artifacts. Default 60,000. */
  pollMs?: number;
  now?: () => number;
}

/** What one drain did, and why it stopped. */
export interface UpgradeOutcome {
  upgraded: number;
  /** Left as they were for good: the model can do nothing with this version. */
  declined: number;
  /** Integrations that have artifacts to index again. */
  integrations: string[];
  /** Integrations whose budget is used up for now. */
  overBudget: string[];
  /** When the model may be asked again, if it failed. */
  pausedUntil: Date | undefined;
}

export interface InsightUpgrader {
  /** Works in the background until stopped. */
  start: () => void;
  /** Ends the background work; artifacts that are under way keep their offline insights. */
  stop: () => Promise<void>;
  /** Upgrades everything that waits, as far as budget and provider allow. One at a time: a second call joins it. */
  drain: (signal?: AbortSignal) => Promise<UpgradeOutcome>;
}

/** Artifacts in the model's hands at once. */
const CONCURRENCY = 4;
/** That many refusals in a row are the model's trouble, not the artifacts'. */
const REFUSALS_IN_A_ROW = 5;

/** The background worker that gives artifacts with offline insights those of a language model, newest first. */
export function createInsightUpgrader(options: UpgraderOptions): InsightUpgrader {
  const { db, log, pollMs = 60_000, now = Date.now } = options;
  const ledger = new UpgradeLedger(db, options.extractor.name, options.budget ?? DEFAULT_BUDGET, now);
  let draining: Promise<UpgradeOutcome> | undefined;
  let running: { abort: AbortController; done: Promise<void> } | undefined;

  const drain = (signal?: AbortSignal): Promise<UpgradeOutcome> => {
    draining ??= new Drain(options, ledger, signal).run().finally(() => {
      draining = undefined;
    });
    return draining;
  };
  const work = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        await drain(signal);
        await sleep(pollMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        log.error("Upgrading insights stumbled; it goes on in a while.", { error: messageOf(error) });
        await sleep(pollMs, signal).catch(() => undefined);
      }
    }
  };
  return {
    drain,
    start: () => {
      if (running !== undefined) return;
      const abort = new AbortController();
      running = { abort, done: work(abort.signal) };
    },
    stop: async () => {
      running?.abort.abort();
      await running?.done;
      running = undefined;
    },
  };
}

class Drain {
  private readonly outcome: UpgradeOutcome = {
    upgraded: 0,
    declined: 0,
    integrations: [],
    overBudget: [],
    pausedUntil: undefined,
  };
  private refusals = 0;

  constructor(
    private readonly options: UpgraderOptions,
    private readonly ledger: UpgradeLedger,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async run(): Promise<UpgradeOutcome> {
    const paused = await this.ledger.pausedUntil();
    if (paused > 0) this.outcome.pausedUntil = new Date(paused);
    let position: QueuePosition | undefined;
    while (this.outcome.pausedUntil === undefined) {
      const page = await waitingForModel(this.options.db, position, this.outcome.overBudget);
      if (page.length === 0) break;
      await this.runPage(page.map(({ id }) => id));
      position = page.at(-1);
    }
    return this.outcome;
  }

  private async runPage(ids: readonly string[]): Promise<void> {
    for (let start = 0; start < ids.length && this.outcome.pausedUntil === undefined; start += CONCURRENCY) {
      this.signal?.throwIfAborted();
      const rows = await this.read(ids.slice(start, start + CONCURRENCY));
      const settled = await Promise.allSettled(rows.map((row) => this.upgrade(row)));
      // Search leaves out what waits for the index, so what is done goes there before anything else is started.
      const changed = settled.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
      for (const integration of new Set(changed)) await this.announce(integration);
      for (const one of settled) if (one.status === "rejected") throw one.reason;
    }
  }

  private read(ids: readonly string[]): Promise<ArtifactRow[]> {
    return readArtifacts(this.options.db, ids, (artifactId, error) => {
      this.options.log.warn("An artifact cannot be read; it gets no better insights.", {
        artifactId,
        error: messageOf(error),
      });
    });
  }

  /** The artifact's integration when it was upgraded. */
  private async upgrade(row: ArtifactRow): Promise<string | undefined> {
    if (row.insightState !== "offline" || row.markdown.trim() === "") return undefined;
    if (await this.ledger.isDeclined(row.id, row.contentHash)) return undefined;
    if (!(await this.withinBudget(row.integration))) return undefined;
    try {
      const insights = await this.options.extractor.extract(row, this.signal);
      if (insights.keyPoints.length + insights.questionsAnswered.length + insights.entities.length === 0) {
        throw new ItemError("The model found nothing in the text.");
      }
      this.refusals = 0;
      await this.ledger.clearPause();
      const complete = withProvided(insights, providedIn(row.metadata));
      if (!(await storeInsights(this.options.db, row, complete, "llm"))) return undefined;
      this.outcome.upgraded++;
      return row.integration;
    } catch (error) {
      if (this.signal?.aborted === true) throw error;
      await this.settle(row, error);
      return undefined;
    }
  }

  private async withinBudget(integration: string): Promise<boolean> {
    if (this.outcome.overBudget.includes(integration)) return false;
    if (await this.ledger.take(integration)) return true;
    if (!this.outcome.overBudget.includes(integration)) this.outcome.overBudget.push(integration);
    this.options.log.debug("The model's budget for this integration is used up for now.", { integration });
    return false;
  }

  /** A text the model cannot do is left with its offline insights; a model that cannot work gets a pause. */
  private async settle(row: ArtifactRow, error: unknown): Promise<void> {
    const { log } = this.options;
    if (!(error instanceof StoneturnerError)) throw error;
    if (error instanceof ItemError && ++this.refusals < REFUSALS_IN_A_ROW) {
      this.outcome.declined++;
      await this.ledger.decline(row.id, row.contentHash);
      log.info("The model could do nothing with an artifact; it keeps its offline insights.", {
        artifactId: row.id,
        reason: messageOf(error),
      });
      return;
    }
    if (this.outcome.pausedUntil !== undefined) return;
    this.outcome.pausedUntil = new Date(await this.ledger.pause(error));
    log.warn("The model is left alone for a while; artifacts keep their offline insights.", {
      model: this.options.extractor.name,
      reason: messageOf(error),
      until: this.outcome.pausedUntil.toISOString(),
    });
  }

  private async announce(integration: string): Promise<void> {
    if (!this.outcome.integrations.includes(integration)) this.outcome.integrations.push(integration);
    try {
      await this.options.onUpgraded?.(integration);
    } catch (error) {
      this.options.log.error("Upgraded artifacts wait for the index.", {
        integration,
        error: messageOf(error),
      });
    }
  }
}
