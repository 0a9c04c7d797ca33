import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import type { StageBudget } from "./stage-ledger";

/** One artifact's work. */
export interface StageTask {
  /** The artifact. */
  id: string;
  integration: string;
  /** Its content hash: what is given up is given up for this version alone. */
  version: string;
  /**
   * Does the work and stores what came of it, for exactly this version. False when nothing was changed.
   *
   * @throws ItemError when the worker can do nothing with this version (it is given up), another typed error when the
   *   worker cannot work now (the stage waits: at least until a `RateLimitedError` says, longer with each failure).
   */
  run: (signal: AbortSignal | undefined) => Promise<boolean>;
}

export interface StageOptions<Position> {
  db: Db;
  log: Logger;
  /** What the stage keeps is in `setting` under this name: its budget, its pause, what it gave up. */
  name: string;
  /** What does the work (a model's name): another one is given again what this one could not do. */
  worker: string;
  /** Artifacts an integration; default 500 an hour, 5,000 a day. */
  budget?: StageBudget | undefined;
  /**
   * A page of what waits, after a position, without these integrations. Empty when nothing does. It asks the rows
   * themselves, in an order that stays: so nothing that waits is lost or doubled by a kill or a second process.
   */
  waiting: (
    after: Position | undefined,
    withoutIntegrations: readonly string[],
  ) => Promise<readonly Position[]>;
  /** Reads a few of them. What needs no work any more is left out, and costs no budget. */
  tasksFor: (some: readonly Position[]) => Promise<readonly StageTask[]>;
  /** Called soon after artifacts of an integration were changed. */
  onChanged?: ((integration: string) => void | Promise<void>) | undefined;
  /** Artifacts worked on at once. Default 4. */
  concurrency?: number;
  /** Milliseconds between two looks for what waits. Default 60,000. */
  pollMs?: number | undefined;
  now?: (() => number) | undefined;
  /** Who works, as `leaseOwner` spells it: one process at a time does. Default: this one. */
  owner?: string;
}

/** What one drain did, and why it stopped. */
export interface StageOutcome {
  /** Artifacts that were changed. */
  done: number;
  /** Left as they were for good: the worker can do nothing with this version. */
  declined: number;
  /** Integrations of which something was changed. */
  integrations: string[];
  /** Integrations whose budget is used up for now. */
  overBudget: string[];
  /** When work may go on, if the worker failed. */
  pausedUntil: Date | undefined;
}

export interface BackgroundStage {
  /** Works in the background until stopped. */
  start: () => void;
  /** Ends the background work; artifacts that are under way stay as they are, and wait. */
  stop: () => Promise<void>;
  /** Does everything that waits, as far as budget and worker allow. One at a time: a second call joins it. */
  drain: (signal?: AbortSignal) => Promise<StageOutcome>;
}
