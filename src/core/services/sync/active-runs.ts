/** The runs that this process works on right now, and how each is stopped and awaited. */
import type { Db } from "@/core/models/database";

export interface HeldRun {
  controller: AbortController;
  /** Resolves once the process has let go of the run. */
  over: Promise<void>;
  /** The same of an earlier piece of work on this run, which may still be on its way out. */
  earlier: Promise<void> | undefined;
  letGo: () => void;
}

/**
 * A run is noted here inside of the transaction that claims it, so that whoever meets its row meets it here as well: the
 * supervisor would take one that names this process and is not here for a run whose end could not be written.
 */
export class ActiveRuns {
  private readonly held = new Map<string, HeldRun>();

  /** A transaction that claims a run: `take` notes it, and it is let go of again where nothing comes of the claim. */
  async claiming<Result>(
    db: Db,
    body: (tx: Db, take: (runId: string) => HeldRun) => Promise<Result>,
  ): Promise<Result> {
    let taken: HeldRun | undefined;
    try {
      return await db.transaction((tx) => body(tx, (runId) => (taken = this.hold(runId))));
    } catch (error) {
      taken?.letGo();
      throw error;
    }
  }

  private hold(runId: string): HeldRun {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const letGo = () => {
      // Somebody may have claimed the run again by now.
      if (this.held.get(runId) === run) this.held.delete(runId);
      resolve();
    };
    const earlier = this.held.get(runId)?.over;
    const run: HeldRun = { controller: new AbortController(), over, earlier, letGo };
    this.held.set(runId, run);
    return run;
  }

  has(runId: string): boolean {
    return this.held.has(runId);
  }

  /** Resolves once the process has let go of the run, at once where it does not hold it. */
  async over(runId: string): Promise<void> {
    await this.held.get(runId)?.over;
  }

  abort(runId: string, reason: Error): void {
    this.held.get(runId)?.controller.abort(reason);
  }

  /** Stops everything; resolves once all is over. */
  async abortAll(reason: Error): Promise<void> {
    const all = [...this.held.values()];
    for (const { controller } of all) controller.abort(reason);
    await Promise.all(all.map(({ over }) => over));
  }
}
