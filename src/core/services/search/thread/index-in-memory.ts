import { existsSync } from "node:fs";
import { openReader } from "@/core/db/open";
import type { Logger } from "@/core/models/logger";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { isIndexReady } from "@/core/services/index/index-schema";
import { IndexStatistics } from "../statistics";
import { DocumentsFile } from "../text/documents-file";
import { VectorThread } from "../vectors/thread/vector-thread";
import { VectorsInUse } from "../vectors/vectors-in-use";
import { AskProcess } from "./ask-process";
import { partsOf } from "./error-parts";
import type { FromThread } from "./messages";
import { sentLog } from "./sent-log";

/** Pages kept of the file, in KiB: for the way to rows, which are kept by themselves (`ChunkRows`). */
const cacheKib = 16_384;

/** What the search thread holds of the index, read over a connection of its own before anybody asks. */
export class IndexInMemory {
  readonly log: Logger;
  readonly process: AskProcess;
  readonly statistics: IndexStatistics;
  readonly vectors: VectorsInUse;
  readonly #database;

  constructor(databasePath: string, send: (message: FromThread) => void) {
    this.log = sentLog(send);
    this.process = new AskProcess(send);
    this.#database = openReader(databasePath, cacheKib);
    const { log, db } = this;
    this.vectors = new VectorsInUse({
      ...{ db, log },
      embedderOf: this.process.embedderOf,
      path: `${databasePath}-vectors`,
      open: (deps, model) => new VectorThread({ ...deps, log, databasePath, model }),
    });
    const file = new DocumentsFile({ db, log, path: `${databasePath}-documents` });
    this.statistics = new IndexStatistics(db, file);
  }

  get db() {
    return this.#database.db;
  }

  /** Takes in what was written meanwhile, so that the next search need not. */
  async catchUp(): Promise<void> {
    // Vectors have a thread of their own, which reads while this one does.
    await Promise.all([this.vectors.catchUp(), this.statistics.catchUp()]);
  }

  /** Has read what embeds a question, where that is done in this thread. */
  async warmEmbedder(): Promise<void> {
    const inUse = await this.vectors.current();
    if (inUse?.embedder === inlineEmbedder) await inlineEmbedder.embed(["when"], "query");
  }

  /** Catches up, makes anew what was outgrown, and keeps it for the next start. */
  async maintain(): Promise<void> {
    await Promise.all([this.vectors.maintain(), this.statistics.catchUp()]);
    await this.statistics.text.maintain();
  }

  close(): void {
    this.#database.close();
  }
}

/**
 * Begins to read the index before the process itself has opened the database. Undefined where there is none yet, where it
 * has not this program's tables, or cannot be read: then it waits for the process, which makes them or says what is wrong.
 */
export async function readEarly(
  databasePath: string,
  send: (message: FromThread) => void,
): Promise<IndexInMemory | undefined> {
  if (!existsSync(databasePath)) return undefined;
  let index: IndexInMemory | undefined;
  const log = sentLog(send);
  const notYet = (error: unknown) =>
    log.debug("The index is read once the database is open.", { reason: partsOf(error).message });
  try {
    index = new IndexInMemory(databasePath, send);
    if (await isReadable(index)) {
      // The process comes back to it when it opens searches, and says what is wrong then.
      Promise.all([index.catchUp(), index.warmEmbedder()]).catch(notYet);
      return index;
    }
  } catch (error) {
    notYet(error);
  }
  index?.close();
  return undefined;
}

/** Whether its tables are this program's, and reading holds nobody up who writes. */
async function isReadable({ db }: IndexInMemory): Promise<boolean> {
  const [row] = await db.raw.all("PRAGMA journal_mode");
  return row?.["journal_mode"] === "wal" && (await isIndexReady(db));
}
