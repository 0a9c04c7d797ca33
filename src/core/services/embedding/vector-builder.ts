import { storageErrorOf } from "@/core/db/storage-error";
import type { Db } from "@/core/models/database";
import {
  AuthError,
  CancelledError,
  ItemError,
  messageOf,
  PermanentError,
  RateLimitedError,
  TransientError,
} from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { Turn } from "@/core/services/background/turn";
import {
  giveUpQueued,
  nextQueued,
  queueLength,
  storeQueued,
  type QueuedArtifact,
} from "@/core/services/index/embed-queue";
import { ensureIndex } from "@/core/services/index/index-schema";
import { embedArtifacts } from "@/core/services/index/vector-texts";
import {
  dropOldVersions,
  noteProblem,
  switchWhenComplete,
  wantedVersion,
  wantVersion,
} from "@/core/services/index/vector-versions";
import { sleep } from "@/lib/utils";
import type { Embedders } from "./embedders";
import { MadeVectors } from "./made-vectors";

export interface VectorBuilderOptions {
  db: Db;
  log: Logger;
  embedders: Pick<Embedders, "open" | "forget">;
  /** The model that is wanted, as in EMBEDDING_MODEL. */
  model: string;
  /** Milliseconds between two looks for waiting artifacts. Default 2,000. */
  pollMs?: number;
  /** First pause after trouble, in milliseconds; it doubles up to five minutes. Default 5,000. */
  pauseMs?: number;
  /** Who works, as `leaseOwner` spells it: one process at a time does. Default: this one. */
  owner?: string;
}

/** Artifacts embedded together. */
const ARTIFACTS_A_BATCH = 16;
const LONGEST_PAUSE_MS = 300_000;
/** Unusable answers to one artifact after which it is left to words. */
const MOST_REFUSALS = 3;

/**
 * Gives vectors to what waits for them, in the background: everything when another model is configured, and what came
 * in since. The queue is in the database, so a stopped process goes on where it was; trouble with the model pauses it
 * and is said on the version.
 */
export class VectorBuilder {
  private readonly refusals = new Map<number, number>();
  private vectors: MadeVectors | undefined;
  /** The version that this process asked for. */
  private wanted: string | undefined;
  /** Whether it was said that another process wants another. */
  private isLeft = false;
  private running: { abort: AbortController; done: Promise<void> } | undefined;

  private readonly turn: Turn;

  constructor(private readonly options: VectorBuilderOptions) {
    this.turn = new Turn(options.db, "embedding", options.owner);
  }

  start(): void {
    if (this.running !== undefined) return;
    const abort = new AbortController();
    this.running = { abort, done: this.work(abort.signal) };
  }

  async stop(): Promise<void> {
    this.running?.abort.abort();
    await this.running?.done;
    this.running = undefined;
  }

  private async work(signal: AbortSignal): Promise<void> {
    const { pollMs = 2_000, pauseMs = 5_000 } = this.options;
    let pause = pauseMs;
    while (!signal.aborted) {
      let wait = pollMs;
      try {
        await this.pass(signal);
        pause = pauseMs;
      } catch (error) {
        if (signal.aborted) return;
        wait = await this.afterTrouble(error, pause);
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
      }
      await sleep(wait, signal).catch(() => undefined);
    }
  }

  /** Milliseconds to wait. */
  private async afterTrouble(trouble: unknown, pause: number): Promise<number> {
    const { db, log, model } = this.options;
    const wait =
      trouble instanceof RateLimitedError ? Math.max(pause, trouble.retryAt.getTime() - Date.now()) : pause;
    const problem = messageOf(trouble);
    log.warn("Embedding pauses; search goes on with what it has.", {
      model,
      problem,
      seconds: Math.round(wait / 1000),
    });
    // On a full disk even this cannot be written; it is in the log.
    await noteProblem(db, this.vectors?.id, problem).catch(() => undefined);
    return wait;
  }

  /**
   * Does all there is to do now.
   *
   * @throws an error by consequence when the model or the disk is in trouble; what was stored until then stays.
   */
  async pass(signal: AbortSignal): Promise<void> {
    const { db, log, embedders, model } = this.options;
    const embedder = await embedders.open(model, signal);
    if (this.vectors?.embedder !== embedder) this.vectors = new MadeVectors(embedder);
    await ensureIndex(db);
    if (await this.isLeftToAnother(embedder.id)) return;
    await wantVersion(db, embedder);
    this.wanted = embedder.id;
    const vectors = this.vectors;
    if ((await queueLength(db)) > 0 && !(await this.turn.during(() => this.drain(vectors, signal)))) return;
    const switched = await switchWhenComplete(db);
    if (switched !== undefined)
      log.info("Search now uses the vectors of another model.", { model: switched });
    await dropOldVersions(db);
    await noteProblem(db, embedder.id, null);
  }

  /**
   * Two processes on one data folder may be told different models: what the one began, the other would throw away, again
   * and again. The one that was started last has its way.
   */
  private async isLeftToAnother(id: string): Promise<boolean> {
    const target = await wantedVersion(this.options.db);
    if (this.wanted !== id || target === undefined || target.model === id) return false;
    if (!this.isLeft)
      this.options.log.warn(
        "Another process on this data folder wants another model, and makes its vectors.",
        {
          model: id,
          other: target.model,
        },
      );
    this.isLeft = true;
    return true;
  }

  private async drain(embedder: MadeVectors, signal: AbortSignal): Promise<void> {
    const { db, log } = this.options;
    let reported = performance.now();
    let trouble: unknown;
    let isFirst = true;
    for (let after = 0; ;) {
      if (signal.aborted) throw new CancelledError("Embedding was stopped.");
      if (await this.isLeftToAnother(embedder.id)) return;
      const artifacts = await nextQueued(db, embedder.id, after, ARTIFACTS_A_BATCH);
      if (artifacts.length === 0) break;
      after = artifacts.at(-1)?.no ?? after;
      trouble = (await this.embed(embedder, artifacts, signal)) ?? trouble;
      embedder.forget();
      // A build may take hours; what stopped it earlier is past with the first batch.
      if (isFirst && trouble === undefined) await noteProblem(db, embedder.id, null);
      isFirst = false;
      if (performance.now() - reported < 10_000) continue;
      reported = performance.now();
      log.info("Embedding goes on.", { model: embedder.id, waiting: await queueLength(db) });
    }
    if (trouble !== undefined) throw trouble;
  }

  /** Embeds and stores artifacts; one that the model cannot take is tried alone. What was wrong with one is returned. */
  private async embed(
    embedder: MadeVectors,
    artifacts: readonly QueuedArtifact[],
    signal: AbortSignal,
  ): Promise<unknown> {
    try {
      const texts = artifacts.map((artifact) => artifact.texts);
      const vectors = await embedArtifacts(embedder, texts, () => new Promise(setImmediate), signal);
      const done = artifacts.flatMap((artifact, at) => {
        const made = vectors[at];
        return made === undefined ? [] : [{ artifact, vectors: made }];
      });
      await storeQueued(this.options.db, done);
      return undefined;
    } catch (error) {
      if (signal.aborted || isEverybodys(error)) throw error;
      await this.checkModel(embedder, signal);
      const [only] = artifacts;
      if (artifacts.length === 1 && only !== undefined) return this.refuse(only, error);
      let trouble: unknown;
      for (const artifact of artifacts) trouble = (await this.embed(embedder, [artifact], signal)) ?? trouble;
      return trouble;
    }
  }

  /**
   * Nothing is an artifact's fault while the model embeds nothing at all: its endpoint may answer with a page of its
   * upkeep, refuse the key in its own way, or have another model by now. It is then opened anew.
   */
  private async checkModel(embedder: MadeVectors, signal: AbortSignal): Promise<void> {
    try {
      await embedder.check(signal);
    } catch (error) {
      if (signal.aborted || isEverybodys(error)) throw error;
      const { embedders, model } = this.options;
      await embedders.forget(model);
      throw new PermanentError(`The model ${model} embeds nothing any more: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  /** Undefined once the artifact is left to words: it no longer waits. */
  private async refuse({ no, id }: QueuedArtifact, error: unknown): Promise<unknown> {
    const times = (this.refusals.get(no) ?? 0) + 1;
    this.refusals.set(no, times);
    if (!(error instanceof ItemError) && times < MOST_REFUSALS) return error;
    this.refusals.delete(no);
    this.options.log.warn("An artifact gets no vectors; words still find it.", {
      artifact: id,
      reason: messageOf(error),
    });
    await giveUpQueued(this.options.db, no);
    return undefined;
  }
}

/** Trouble that every other artifact would meet as well. */
function isEverybodys(error: unknown): boolean {
  return (
    error instanceof AuthError ||
    error instanceof RateLimitedError ||
    error instanceof TransientError ||
    storageErrorOf(error) !== undefined
  );
}
