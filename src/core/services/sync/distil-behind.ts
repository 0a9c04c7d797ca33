import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import { distil, distilNew } from "./distil";

/** Pages that may be read before those behind them are searchable: they bound memory and what a kill leaves waiting. */
const PAGES_AHEAD = 8;

/**
 * Makes what was read searchable while the next pages are read, at most eight pages behind the reading: one pass at a
 * time, which goes on while pages come. Whoever reads must come to `settled` or `abandoned` before the sync goes on or
 * ends, so that nothing is written behind its back.
 */
export class DistilBehind {
  #pass: Promise<void> | undefined;
  /** How many artifacts of each page are not searchable yet, the oldest page first. */
  readonly #pages: number[] = [];
  /** Pages that were there when the pass began: once it has ended, they are done. */
  #ofThePass = 0;
  /** Resolves when the pass has come on or ended. */
  #cameOn = Promise.withResolvers<void>();
  #failed: { error: unknown } | undefined;
  /** Artifacts that passes before could not do: the separate steps take them at the end, once. */
  readonly #leftOver = new Set<string>();

  constructor(
    private readonly db: Db,
    private readonly context: SyncContext,
  ) {}

  /** Takes note of a committed page that changed this many artifacts. Throws what a pass behind it threw. */
  async afterPage(artifacts: number): Promise<void> {
    this.#pages.push(artifacts);
    if (this.#pass === undefined) this.#start();
    while (this.#pages.length > PAGES_AHEAD && this.#failed === undefined) await this.#cameOn.promise;
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
    this.#pages.length = 0;
    await this.#pass;
    if (this.#failed === undefined || this.context.signal.aborted) return;
    this.context.log.warn("Insights and index of what was read wait for the next sync.", {
      reason: messageOf(this.#failed.error),
    });
  }

  /** One pass, and another one when there are pages that it may have missed. Never rejects: the reading throws. */
  #start(): void {
    this.#ofThePass = this.#pages.length;
    this.#pass = this.#distil();
  }

  async #distil(): Promise<void> {
    try {
      await distilNew(this.db, this.context, this.#leftOver, (artifacts) => this.#done(artifacts));
    } catch (error) {
      this.#failed = { error };
    }
    this.#pass = undefined;
    this.#pages.splice(0, this.#ofThePass);
    if (this.#pages.length > 0 && this.#failed === undefined) this.#start();
    this.#comeOn();
  }

  /** Takes this many artifacts off the oldest pages. */
  #done(artifacts: number): void {
    for (let left = artifacts; left > 0 && this.#pages.length > 0;) {
      const oldest = this.#pages[0] ?? 0;
      if (oldest > left) this.#pages[0] = oldest - left;
      else {
        this.#pages.shift();
        this.#ofThePass = Math.max(0, this.#ofThePass - 1);
      }
      left -= oldest;
    }
    this.#comeOn();
  }

  #comeOn(): void {
    this.#cameOn.resolve();
    this.#cameOn = Promise.withResolvers();
  }

  #throwFailure(): void {
    if (this.#failed !== undefined) throw this.#failed.error;
  }
}
