import type { Db, SqlRow, SqlValue } from "@/core/models/database";
import { CancelledError } from "@/core/models/errors";
import { ANALYSED_CHARACTERS } from "@/core/services/insights/types";
import { ensureIndex } from "./index-schema";
import { embedsInline } from "./vector-versions";
import { workOutAll, type WorkedOut } from "./work-out";
import { WorkThread } from "./work-thread";
import { type WriteArtifact, writeTogether } from "./write";

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
/** Milliseconds of writing after which a transaction ends; full text and commit take two to three times as long again. */
const STRETCH_MS = 15;

/** The one thread of the process. It starts with the first larger work and ends by itself when none is left. */
const thread = new WorkThread();

/**
 * Gives insights to waiting artifacts and indexes them in one pass and one write, with the same result as `parseStep`
 * and then `indexVectorDbStep`. It takes what is plain: very long artifacts, and those that fail or change meanwhile,
 * stay waiting for these steps, which also say what is wrong.
 *
 * @throws CancelledError when `signal` is aborted; what was done until then stays.
 */
export async function distilTogether(
  db: Db,
  source: Source,
  signal: AbortSignal,
  workers: Pick<WorkThread, "workOut"> = thread,
): Promise<Distilled> {
  await ensureIndex(db);
  const embed = await embedsInline(db);
  const distilled: Distilled = { written: 0, left: [] };
  let under: { rows: SqlRow[]; done: Promise<(WorkedOut | undefined)[]> } | undefined;
  for (let afterRow = 0; ;) {
    const rows = await readSources(db, source, afterRow, AT_A_TIME);
    const few = under === undefined && rows.length < FEW;
    // The next are worked out while these are written.
    const next =
      rows.length === 0
        ? undefined
        : { rows, done: few ? workOutAll(rows, embed) : workers.workOut(rows, embed) };
    if (under !== undefined) await write(db, under.rows, await under.done, distilled);
    if (signal.aborted) throw new CancelledError("Indexing was stopped.");
    if (next === undefined) return distilled;
    under = next;
    afterRow = Number(rows.at(-1)?.["row"] ?? afterRow);
  }
}

/** Waiting artifacts as they are stored, in order of their row numbers; very long ones without their text. */
function readSources(db: Db, source: Source, afterRow: number, limit: number): Promise<SqlRow[]> {
  const parameters: SqlValue[] = [ANALYSED_CHARACTERS, source.integration, afterRow];
  if (source.account !== undefined) parameters.push(source.account);
  return db.raw.all(
    `SELECT rowid AS row, id, integrationArtifactId, integration, account, kind, title, author, artifactDate,
            CASE WHEN length(markdown) <= ? THEN markdown END AS markdown, contentHash, updateDate, keyPoints, questionsAnswered, entities, metadata, CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.sequence') END AS sequence, insightHash
     FROM mdArtifacts
     WHERE indexedHash IS NULL AND integration = ? AND deletedAt IS NULL AND rowid > ?
       ${source.account === undefined ? "" : "AND account = ?"}
     ORDER BY rowid LIMIT ?`,
    [...parameters, limit],
  );
}

/** Writes in short transactions, so that others get their turn in between. */
async function write(
  db: Db,
  rows: readonly SqlRow[],
  done: readonly (WorkedOut | undefined)[],
  distilled: Distilled,
): Promise<void> {
  for (let at = 0; at < rows.length;) {
    at = await writeTogether(db, (write) => {
      const until = performance.now() + STRETCH_MS;
      let next = at;
      do {
        const [row, worked] = [rows[next], done[next]];
        next++;
        if (row === undefined) continue;
        if (writeOne(write, row, worked)) distilled.written++;
        else distilled.left.push(String(row["id"]));
      } while (next < rows.length && performance.now() < until);
      return next;
    });
    await new Promise(setImmediate);
  }
}

/** False when it could not be worked out, or changed meanwhile. */
function writeOne(write: WriteArtifact, row: SqlRow, worked: WorkedOut | undefined): boolean {
  if (worked === undefined) return false;
  const prepared = { ...worked.prepared, artifact: asRead(row) };
  return write(prepared, worked.made);
}

function asRead(row: SqlRow) {
  const text = (name: string) => String(row[name]);
  return {
    id: text("id"),
    integration: text("integration"),
    account: text("account"),
    contentHash: text("contentHash"),
    updateDate: text("updateDate"),
    insightText: [text("keyPoints"), text("questionsAnswered"), text("entities")] as const,
  };
}
