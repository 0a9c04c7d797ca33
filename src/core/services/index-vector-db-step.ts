import type { Db } from "@/core/models/database";
import { CancelledError, messageOf } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { silentLogger } from "@/core/services/logger";
import { Breather } from "./index/breathe";
import type { Embedder } from "./index/embedder";
import { ensureIndex } from "./index/index-schema";
import { inlineEmbedder } from "./index/inline-embedder";
import { prepareArtifact, type PreparedArtifact } from "./index/prepare";
import { removedButIndexed, removeFromIndex } from "./index/remove";
import { readWaiting, type WaitingRow } from "./index/waiting";
import { embedsInline } from "./index/vector-versions";
import { writeTogether } from "./index/write";

export interface IndexStepOptions {
  account?: string | undefined;
  embedder?: Embedder | undefined;
  log?: Logger | undefined;
  signal?: AbortSignal | undefined;
}

export interface IndexStepResult {
  indexed: number;
  removed: number;
  failed: number;
}

interface Work {
  db: Db;
  source: { integration: string; account: string | undefined };
  /** Undefined where vectors are made later, in the background. */
  embedder: Embedder | undefined;
  log: Logger;
  signal: AbortSignal | undefined;
  breather: Breather;
  result: IndexStepResult;
  /** Artifacts that changed while they were being worked on: they are read again. */
  changed: number;
}

/** Artifacts read at a time, and chunks written in one transaction: together under about 50 ms. */
const artifactsAtATime = 40;
const chunksATransaction = 150;
/** Times the waiting artifacts are gone through while a sync keeps changing them. */
const passes = 3;

/**
 * Indexes every artifact of the integration that waits for it (`indexedHash` null), and drops removed ones. An artifact
 * that cannot be indexed is logged and counted, and stays waiting; the others go on. With nothing waiting, nothing is
 * written.
 *
 * @throws CancelledError when `signal` is aborted; what was indexed until then stays.
 */
export async function indexVectorDbStep(
  integration: string,
  db: Db,
  options: IndexStepOptions = {},
): Promise<IndexStepResult> {
  await ensureIndex(db);
  const inline = (await embedsInline(db)) ? inlineEmbedder : undefined;
  const work: Work = {
    db,
    source: { integration, account: options.account },
    embedder: options.embedder ?? inline,
    log: options.log ?? silentLogger,
    signal: options.signal,
    breather: new Breather(),
    result: { indexed: 0, removed: 0, failed: 0 },
    changed: 0,
  };
  await dropRemoved(work);
  for (let pass = 0; pass < passes; pass++) {
    work.changed = 0;
    work.result.failed = 0;
    await indexWaiting(work);
    if (work.changed === 0) break;
  }
  return work.result;
}

async function indexWaiting(work: Work): Promise<void> {
  let batch: PreparedArtifact[] = [];
  let chunks = 0;
  let afterRow = 0;
  for (;;) {
    const rows = await readWaiting(work.db, work.source, afterRow, artifactsAtATime);
    for (const row of rows) {
      stopIfAborted(work.signal);
      const prepared = await prepare(work, row);
      if (prepared === undefined) continue;
      batch.push(prepared);
      chunks += prepared.chunks.length;
      if (chunks < chunksATransaction) continue;
      await writeBatch(work, batch);
      [batch, chunks] = [[], 0];
    }
    if (rows.length < artifactsAtATime) break;
    afterRow = rows.at(-1)?.row ?? afterRow;
  }
  if (batch.length > 0) await writeBatch(work, batch);
}

async function prepare(work: Work, row: WaitingRow): Promise<PreparedArtifact | undefined> {
  try {
    if (row.artifact === undefined) throw new Error(row.problem);
    return await prepareArtifact(row.artifact, work.embedder, work.breather, work.signal);
  } catch (error) {
    stopIfAborted(work.signal);
    recordFailure(work, row.id, error);
    return undefined;
  }
}

/** Writes a batch in one transaction; when that fails, one artifact at a time, so that a bad one stands alone. */
async function writeBatch(work: Work, batch: readonly PreparedArtifact[]): Promise<void> {
  const { db } = work;
  try {
    const written = await writeTogether(db, (write) => batch.filter((prepared) => write(prepared)).length);
    work.result.indexed += written;
    work.changed += batch.length - written;
  } catch (error) {
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) recordFailure(work, only.artifact.id, error);
    else for (const prepared of batch) await writeBatch(work, [prepared]);
  }
  await Bun.sleep(0);
}

/** Removes what was deleted at the source but is still in the index. */
async function dropRemoved(work: Work): Promise<void> {
  const ids = await removedButIndexed(work.db, work.source);
  for (let from = 0; from < ids.length; from += artifactsAtATime) {
    stopIfAborted(work.signal);
    await work.db.transaction((tx) => removeFromIndex(tx, ids.slice(from, from + artifactsAtATime)));
    await Bun.sleep(0);
  }
  work.result.removed = ids.length;
}

function recordFailure(work: Work, id: string, error: unknown): void {
  work.result.failed++;
  work.log.error("An artifact could not be indexed; it stays waiting.", {
    integration: work.source.integration,
    artifact: id,
    error: messageOf(error),
  });
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CancelledError("Indexing was stopped.");
}
