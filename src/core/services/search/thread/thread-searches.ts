import type { SearchInput } from "@/core/models/search";
import type { Search } from "@/core/services/app";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { createRegistry } from "@/core/services/registry";
import { createSearch } from "../search";
import { servedVersion } from "../served-version";
import { partsOf } from "./error-parts";
import type { IndexInMemory } from "./index-in-memory";
import type { FromThread, ThreadData, ToThread } from "./messages";

/** How often it is looked for what was written meanwhile, so that the next search need not take it in. */
const CATCH_UP_MS = 1_000;
/** The same while something is written each time: little is left then for a search in between. */
const WRITTEN_MS = 150;
/** How often bits are looked after as well: made anew where they were outgrown, and kept in the file. */
const UPKEEP_MS = 10_000;
/** How long after an answer nothing is read ahead: whoever asks several questions has asked the next by then. */
const REST_MS = 100;

/** Searches of one thread over a connection of its own, and what is read between them so that they need not. */
export class ThreadSearches {
  #aborts = new Map<number, AbortController>();
  #search: Search;
  #answeredAt = -Infinity;
  #isReadingAhead = false;
  /** Whether a question was asked. */
  #isWarm = false;
  /** What was served when it was last looked, and how long until it is looked again. */
  #version: string | undefined;
  #pause = CATCH_UP_MS;
  #upkeptAt = -Infinity;

  constructor(
    { integrations, reranks }: ThreadData,
    private readonly index: IndexInMemory,
    private readonly send: (message: FromThread) => void,
  ) {
    const { db, vectors, statistics, process } = index;
    this.#search = createSearch({
      db,
      registry: registryOf(integrations),
      vectors: vectors.current,
      reranker: reranks ? process.reranker : undefined,
      statistics,
      prepare: nothing,
    });
    void this.#keepUp();
  }

  /** Does what the process asks for. */
  take(message: Exclude<ToThread, { kind: "open" }>): void {
    if (message.kind === "search") void this.#answer(message.job, message.input);
    else if (message.kind === "abort") this.#aborts.get(message.job)?.abort();
    else this.index.process.take(message);
  }

  async #answer(job: number, input: SearchInput): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(job, abort);
    this.#isWarm = true;
    try {
      this.send({ kind: "found", job, response: await this.#search(input, abort.signal) });
    } catch (error) {
      this.send({ kind: "failed", job, error: partsOf(error) });
    } finally {
      this.#aborts.delete(job);
      this.#answeredAt = performance.now();
      setTimeout(() => void this.#readAhead(), REST_MS);
    }
  }

  /** Whether nobody searches, and nobody just did: the next question would wait for what is being read. */
  #isAtRest(): boolean {
    return this.#isAlone() && performance.now() - this.#answeredAt >= REST_MS;
  }

  #isAlone(): boolean {
    return this.#aborts.size === 0;
  }

  /** Reads what searches had to suppose, some milliseconds at a time, while nobody searches. */
  async #readAhead(): Promise<void> {
    if (this.#isReadingAhead) return;
    this.#isReadingAhead = true;
    try {
      while (this.#isAtRest() && (await this.index.statistics.readAhead())) await new Promise(setImmediate);
    } catch (error) {
      this.index.log.debug("What searches suppose could not be read; they go on supposing.", {
        reason: partsOf(error).message,
      });
    }
    this.#isReadingAhead = false;
  }

  /**
   * Asks itself a question before anybody does, once there are vectors: what a first one loads takes longer than all
   * else it does. No model is asked that costs anything.
   */
  async #warmUp(): Promise<void> {
    const { db, vectors, statistics, log } = this.index;
    if (this.#isWarm) return;
    const inUse = await vectors.current();
    if (inUse === undefined) return;
    this.#isWarm = true;
    const isHere = inUse.embedder === inlineEmbedder;
    const means = { db, registry: registryOf([]), statistics, prepare: nothing };
    const search = createSearch({ ...means, vectors: isHere ? vectors.current : undefined });
    const { timings } = await search({ query: "When did it change?", limit: 1 });
    // What looks for the right spelling is only loaded by a wrong one.
    if (this.#isAlone()) await search({ query: "Why did teh databse chnage?", limit: 1 });
    log.debug("Searches are ready for a first question.", {
      milliseconds: Math.round(timings["total"] ?? 0),
    });
  }

  /** Takes in what was written, again and again, one time after the other. */
  async #keepUp(): Promise<void> {
    try {
      if (this.#aborts.size === 0) await this.#catchUp();
    } catch (error) {
      this.#pause = CATCH_UP_MS;
      this.index.log.warn("What is in memory could not be brought up to date; the next search tries again.", {
        reason: partsOf(error).message,
      });
    }
    setTimeout(() => void this.#keepUp(), this.#pause);
  }

  async #catchUp(): Promise<void> {
    const before = this.#version;
    this.#version = await servedVersion(this.index.db);
    const isFirst = before === undefined;
    this.#pause = isFirst || before === this.#version ? CATCH_UP_MS : WRITTEN_MS;
    // Nothing that a first search does not need comes before it: whoever waits for the program to start asks then.
    const isDue = !isFirst && performance.now() - this.#upkeptAt >= UPKEEP_MS;
    if (isDue) this.#upkeptAt = performance.now();
    await (isDue ? this.index.maintain() : this.index.catchUp());
    if (!isFirst) {
      this.index.statistics.expectCommonTerms();
      await this.#warmUp();
    }
    void this.#readAhead();
  }
}

/** The integrations by name, which is all that a search asks of them. */
function registryOf(integrations: readonly string[]) {
  const configs = integrations.map((integration) => ({
    integration,
    icon: "",
    integrationType: "API_KEY" as const,
  }));
  return createRegistry(
    configs,
    configs.map((config) => ({ config, sync: nothing, syncUpdates: nothing, deleteSync: nothing })),
  );
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
