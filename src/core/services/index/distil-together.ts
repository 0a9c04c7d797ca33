import type { Db, SqlValue } from "@/core/models/database";
import { CancelledError } from "@/core/models/errors";
import { nextTurn } from "@/lib/next-turn";
import { RightOfWay } from "@/lib/right-of-way";
import { type BatchPart, DistilBatch } from "./distil-batch";
import { ensureIndex } from "./index-schema";
import { embedsInline } from "./vector-versions";
import { type ThreadBatch, type ThreadPass, WorkThreads } from "./work-threads";

/** What one pass did. */
export interface Distilled {
  written: number;
  /** Ids of what it met and had to leave waiting. */
  left: string[];
}

export interface Source {
  integration: string;
  account?: string | undefined;
}

/** Artifacts read and worked out at a time, and written in few transactions: the more in one, the less each costs. */
const AT_A_TIME = 50;
/** Fewer are worked out at once in the process: starting a thread would take longer. */
const FEW = 10;
/** Batches that are worked out while the one before them is written. */
const AHEAD = 2;
/** Milliseconds of writing in the process after which a transaction ends: nothing is answered meanwhile. */
const STRETCH_MS = 15;

/** Searches of the process, which its threads let pass. */
export const searchesFirst = new RightOfWay();
/** The threads of the process. They start with the first larger work and end by themselves when none is left. */
const threads = new WorkThreads(searchesFirst);

interface DistilOptions {
  workers?: Pick<WorkThreads, "pass">;
  done?: ((artifacts: number) => void) | undefined;
}

interface Pass {
  db: Db;
  embed: boolean;
  inThreads: ThreadPass;
  distilled: Distilled;
  done: (artifacts: number) => void;
}

/** A batch under way; without `inThread` it is worked out in the process when its turn comes. */
interface UnderWay {
  numbers: readonly number[];
  inThread: ThreadBatch | undefined;
}

/**
 * Gives insights to waiting artifacts and indexes them in one pass and one write, with the same result as `parseStep`
 * and then `indexVectorDbStep`. It takes what is plain: very long artifacts, and those that fail or change meanwhile,
 * stay waiting for these steps, which also say what is wrong. Many are worked out and written by threads. The
 * pass goes on as long as more comes behind what it has met, in order of rows.
 *
 * @param done called with how many artifacts the pass has just finished with, those that it left included.
 * @throws CancelledError when `signal` is aborted; what was done until then stays.
 */
export async function distilTogether(
  db: Db,
  source: Source,
  signal: AbortSignal,
  { workers = threads, done = () => undefined }: DistilOptions = {},
): Promise<Distilled> {
  await ensureIndex(db);
  const distilled: Distilled = { written: 0, left: [] };
  const pass: Pass = {
    db,
    embed: await embedsInline(db),
    inThreads: workers.pass(db.raw.path),
    distilled,
    done,
  };
  try {
    await goThrough(pass, source, signal);
    return distilled;
  } finally {
    await pass.inThreads.end();
  }
}

async function goThrough(pass: Pass, source: Source, signal: AbortSignal): Promise<void> {
  const underWay: UnderWay[] = [];
  let afterRow: number | undefined = 0;
  for (;;) {
    while (afterRow !== undefined && underWay.length <= AHEAD) {
      const numbers: number[] = await waitingNumbers(pass.db, source, afterRow);
      afterRow = numbers.at(-1);
      if (numbers.length > 0) underWay.push(begin(pass, numbers, underWay.length === 0));
    }
    if (signal.aborted) throw new CancelledError("Indexing was stopped.");
    const oldest = underWay.shift();
    if (oldest === undefined) return;
    await finish(pass, oldest);
  }
}

function begin({ inThreads, embed }: Pass, numbers: readonly number[], isOnly: boolean): UnderWay {
  const few = isOnly && numbers.length < FEW;
  return { numbers, inThread: few ? undefined : inThreads.begin(numbers, embed) };
}

/** Row numbers of the next waiting artifacts. */
async function waitingNumbers(db: Db, source: Source, afterRow: number): Promise<number[]> {
  const parameters: SqlValue[] = [source.integration, afterRow];
  if (source.account !== undefined) parameters.push(source.account);
  const rows = await db.raw.all(
    `SELECT rowid AS row FROM mdArtifacts
     WHERE indexedHash IS NULL AND integration = ? AND deletedAt IS NULL AND rowid > ?
       ${source.account === undefined ? "" : "AND account = ?"}
     ORDER BY rowid LIMIT ?`,
    [...parameters, AT_A_TIME],
  );
  return rows.map((row) => Number(row["row"]));
}

/** Has a batch written by its thread; what no thread could do is done in the process, which also meets what was wrong. */
async function finish(pass: Pass, { numbers, inThread }: UnderWay): Promise<void> {
  if (inThread !== undefined && (await writeInThread(pass, inThread))) return;
  const batch = await DistilBatch.workedOut(pass.db, numbers, pass.embed);
  for (;;) {
    const part = await batch.write(pass.db, STRETCH_MS);
    take(pass, part);
    await nextTurn();
    if (part.isOver) return;
  }
}

/** False when the thread could not write all of it. */
async function writeInThread(pass: Pass, batch: ThreadBatch): Promise<boolean> {
  await batch.workedOut;
  for (;;) {
    const part = await pass.db.raw.lendWriting(() => batch.write());
    if (part === undefined) return false;
    take(pass, part);
    if (part.isOver) return true;
  }
}

function take({ distilled, done }: Pass, { written, left }: BatchPart): void {
  distilled.written += written;
  distilled.left.push(...left);
  done(written + left.length);
}
