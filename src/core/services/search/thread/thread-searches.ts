import { openReader } from "@/core/db/open";
import type { SearchInput } from "@/core/models/search";
import type { Search } from "@/core/services/app";
import { createRegistry } from "@/core/services/registry";
import { createSearch } from "../search";
import { IndexStatistics } from "../statistics";
import { DocumentsFile } from "../text/documents-file";
import { VectorThread } from "../vectors/thread/vector-thread";
import { VectorsInUse } from "../vectors/vectors-in-use";
import { AskProcess } from "./ask-process";
import { partsOf } from "./error-parts";
import type { FromThread, ThreadData, ToThread } from "./messages";
import { sentLog } from "./sent-log";

/** How often what was written meanwhile is taken in, so that the next search need not. */
const CATCH_UP_MS = 1_000;
/** Every so many times bits are looked after as well: made anew where they were outgrown, and kept in the file. */
const UPKEEP_EACH = 10;
/** How long after an answer nothing is read ahead: whoever asks several questions has asked the next by then. */
const REST_MS = 100;

/** Searches of one thread over a connection of its own, and what is read between them so that they need not. */
export class ThreadSearches {
  #aborts = new Map<number, AbortController>();
  #process: AskProcess;
  #statistics: IndexStatistics;
  #vectors: VectorsInUse;
  #search: Search;
  #log: ReturnType<typeof sentLog>;
  #answeredAt = -Infinity;
  #isReadingAhead = false;
  #turn = 0;
  #upkeep: Promise<void>;

  constructor(
    { databasePath, integrations, reranks }: ThreadData,
    private readonly send: (message: FromThread) => void,
  ) {
    const { db } = openReader(databasePath);
    this.#log = sentLog(send);
    this.#process = new AskProcess(send);
    this.#vectors = new VectorsInUse({
      db,
      embedderOf: this.#process.embedderOf,
      log: this.#log,
      path: `${databasePath}-vectors`,
      open: (deps, model) => new VectorThread({ ...deps, log: this.#log, databasePath, model }),
    });
    const file = new DocumentsFile({ db, log: this.#log, path: `${databasePath}-documents` });
    this.#statistics = new IndexStatistics(db, file);
    this.#search = createSearch({
      db,
      registry: registryOf(integrations),
      vectors: this.#vectors.current,
      reranker: reranks ? this.#process.reranker : undefined,
      statistics: this.#statistics,
      prepare: nothing,
    });
    this.#upkeep = this.#keepUp(this.#turn);
    setInterval(() => {
      this.#upkeep = this.#upkeep.then(() => this.#keepUp(++this.#turn));
    }, CATCH_UP_MS);
  }

  /** Does what the process asks for. */
  take(message: Exclude<ToThread, { kind: "open" }>): void {
    if (message.kind === "search") void this.#answer(message.job, message.input);
    else if (message.kind === "abort") this.#aborts.get(message.job)?.abort();
    else this.#process.take(message);
  }

  async #answer(job: number, input: SearchInput): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(job, abort);
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
    return this.#aborts.size === 0 && performance.now() - this.#answeredAt >= REST_MS;
  }

  /** Reads what searches had to suppose, some milliseconds at a time, while nobody searches. */
  async #readAhead(): Promise<void> {
    if (this.#isReadingAhead) return;
    this.#isReadingAhead = true;
    try {
      while (this.#isAtRest() && (await this.#statistics.text.readAhead())) await new Promise(setImmediate);
    } catch (error) {
      this.#log.debug("What searches suppose could not be read; they go on supposing.", {
        reason: partsOf(error).message,
      });
    }
    this.#isReadingAhead = false;
  }

  async #keepUp(turn: number): Promise<void> {
    try {
      if (this.#aborts.size > 0) return;
      // Vectors have a thread of their own, which reads while this one does.
      await Promise.all([
        turn % UPKEEP_EACH === 0 ? this.#vectors.maintain() : this.#vectors.catchUp(),
        this.#statistics.catchUp(),
      ]);
      if (turn % UPKEEP_EACH === 0) await this.#statistics.text.keep();
      void this.#readAhead();
    } catch (error) {
      this.#log.warn("What is in memory could not be brought up to date; the next search tries again.", {
        reason: partsOf(error).message,
      });
    }
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
