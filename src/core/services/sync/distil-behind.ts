import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { distil, distilNew } from "./distil";

/** Pages that may be read before those behind them are searchable: they bound memory and what a kill leaves waiting. */
const PAGES_AHEAD = 8;

/**
 * Makes what was read searchable while the next pages are read: one pass at a time over all that waits, at most eight
 * pages behind the reading. Whoever reads must come to `settled` or `abandoned` before the sync goes on or ends, so
 * that nothing is written behind its back.
 */
export class DistilBehind {
  #pass: Promise<void> | undefined;
  #pagesWaiting = 0;
  #failed: { error: unknown } | undefined;
  /** Artifacts that passes before could not do: the separate steps take them at the end, once. */
  readonly #leftOver = new Set<string>();

  constructor(
    private readonly db: Db,
    private readonly context: SyncContext,
  ) {}

  /** Takes note of a committed page that changed something. Throws what a pass behind it threw. */
  async afterPage(): Promise<void> {
    this.#pagesWaiting++;
    if (this.#pass === undefined) this.#start();
    while (this.#pagesWaiting >= PAGES_AHEAD && this.#failed === undefined) await this.#pass;
    this.#throwFailure();
  }

  /** Resolves when everything that was read is searchable, or has a row that says why not. */
  async settled(): Promise<void> {
    const hadWork = this.#pass !== undefined || this.#leftOver.size > 0;
    while (this.#pass !== undefined) await this.#pass;
    this.#throwFailure();
    if (hadWork) await distil(this.db, this.context);
  }

  /** The reading failed: waits for the pass under way. What it leaves waiting is taken up by the next sync. */
  async abandoned(): Promise<void> {
    this.#pagesWaiting = 0;
    await this.#pass;
    if (this.#failed === undefined || this.context.signal.aborted) return;
    this.context.log.warn("Insights and index of what was read wait for the next sync.", {
      reason: messageOf(this.#failed.error),
    });
  }

  /** One pass, and another one when pages came meanwhile. Never rejects: the reading throws what went wrong. */
  #start(): void {
    this.#pagesWaiting = 0;
    this.#pass = this.#distil();
  }

  async #distil(): Promise<void> {
    try {
      await distilNew(this.db, this.context, this.#leftOver);
    } catch (error) {
      this.#failed = { error };
    }
    this.#pass = undefined;
    if (this.#pagesWaiting > 0 && this.#failed === undefined) this.#start();
  }

  #throwFailure(): void {
    if (this.#failed !== undefined) throw this.#failed.error;
  }
}
