import { ItemError, messageOf, StoneturnerError } from "@/core/models/errors";
import type { StageLedger } from "./stage-ledger";
import type { StageOptions, StageOutcome, StageTask } from "./stage-types";
import { Turn } from "./turn";

/** That many refusals in a row are the worker's trouble, not the artifacts'. */
const REFUSALS_IN_A_ROW = 5;
const CONCURRENCY = 4;

/** One walk over everything that waits, as far as budget and worker allow. */
export class StageDrain<Position> {
  private readonly outcome: StageOutcome;
  private readonly signal: AbortSignal | undefined;
  private refusals = 0;
  /** Refused since something was last done: whose trouble that is, is not known yet. */
  private refused: { task: StageTask; reason: string }[] = [];

  /** @param spent integrations whose budget is known to be used up. */
  constructor(
    private readonly options: StageOptions<Position>,
    private readonly ledger: StageLedger,
    { signal, spent }: { signal: AbortSignal | undefined; spent: readonly string[] },
  ) {
    this.signal = signal;
    const overBudget = [...spent];
    this.outcome = { done: 0, declined: 0, integrations: [], overBudget, pausedUntil: undefined };
  }

  async run(): Promise<StageOutcome> {
    const paused = await this.ledger.pausedUntil();
    if (paused > 0) this.outcome.pausedUntil = new Date(paused);
    const { db, name, owner, now } = this.options;
    const turn = new Turn(db, name, owner, now);
    let position: Position | undefined;
    try {
      while (this.outcome.pausedUntil === undefined) {
        const page = await this.options.waiting(position, this.outcome.overBudget);
        if (page.length === 0 || !(await turn.begin())) break;
        position = await this.runPage(page);
      }
      if (this.outcome.pausedUntil === undefined) await this.giveUpRefused();
    } finally {
      await turn.end();
    }
    return this.outcome;
  }

  /** Gives how far it came: what is over budget since is not read in vain, another page is asked for without it. */
  private async runPage(page: readonly Position[]): Promise<Position | undefined> {
    const spent = this.outcome.overBudget.length;
    const atOnce = this.options.concurrency ?? CONCURRENCY;
    for (let start = 0; start < page.length && this.outcome.pausedUntil === undefined; start += atOnce) {
      this.signal?.throwIfAborted();
      const tasks = await this.options.tasksFor(page.slice(start, start + atOnce));
      const settled = await Promise.allSettled(tasks.map((task) => this.runTask(task)));
      // What is done is told before anything else is started: search may leave it out until then.
      const changed = settled.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
      for (const integration of new Set(changed)) await this.announce(integration);
      for (const one of settled) if (one.status === "rejected") throw one.reason;
      if (this.outcome.overBudget.length > spent) return page[start + atOnce - 1] ?? page.at(-1);
    }
    return page.at(-1);
  }

  /** The artifact's integration when something of it was changed. */
  private async runTask(task: StageTask): Promise<string | undefined> {
    if (await this.ledger.isDeclined(task.id, task.version)) return undefined;
    if (!(await this.withinBudget(task.integration))) return undefined;
    try {
      const changed = await task.run(this.signal);
      this.refusals = 0;
      await this.giveUpRefused();
      await this.ledger.clearPause();
      if (!changed) return undefined;
      this.outcome.done++;
      return task.integration;
    } catch (error) {
      if (this.signal?.aborted === true) throw error;
      await this.settle(task, error);
      return undefined;
    }
  }

  private async withinBudget(integration: string): Promise<boolean> {
    if (this.outcome.overBudget.includes(integration)) return false;
    if (await this.ledger.take(integration)) return true;
    if (!this.outcome.overBudget.includes(integration)) this.outcome.overBudget.push(integration);
    this.options.log.debug("The budget for this integration is used up for now.", {
      stage: this.options.name,
      integration,
    });
    return false;
  }

  /** An artifact that cannot be done is left as it is; a worker that cannot work gets a pause. */
  private async settle(task: StageTask, error: unknown): Promise<void> {
    const { log, name, worker } = this.options;
    if (!(error instanceof StoneturnerError)) throw error;
    if (error instanceof ItemError && ++this.refusals < REFUSALS_IN_A_ROW) {
      this.refused.push({ task, reason: messageOf(error) });
      return;
    }
    if (this.outcome.pausedUntil !== undefined) return;
    this.outcome.pausedUntil = new Date(await this.ledger.pause(error));
    log.warn("Background work waits for a while; everything stays as it is.", {
      stage: name,
      worker,
      reason: messageOf(error),
      until: this.outcome.pausedUntil.toISOString(),
    });
  }

  /** Others were taken, or none is left: what was refused is refused for what it is. */
  private async giveUpRefused(): Promise<void> {
    const { log, name } = this.options;
    for (const { task, reason } of this.refused.splice(0)) {
      this.outcome.declined++;
      await this.ledger.decline(task.id, task.version);
      log.info("An artifact was given up; it stays as it is.", { stage: name, artifactId: task.id, reason });
    }
  }

  private async announce(integration: string): Promise<void> {
    if (!this.outcome.integrations.includes(integration)) this.outcome.integrations.push(integration);
    try {
      await this.options.onChanged?.(integration);
    } catch (error) {
      const { log, name } = this.options;
      log.error("What follows a background stage failed.", {
        stage: name,
        integration,
        error: messageOf(error),
      });
    }
  }
}
