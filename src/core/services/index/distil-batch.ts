import type { Db, SqlRow } from "@/core/models/database";
import { ANALYSED_CHARACTERS } from "@/core/services/insights/types";
import { workOutAll, type WorkedOut } from "./work-out";
import { type WriteArtifact, writeTogether } from "./write";

/** What was written of a batch in one transaction. */
export interface BatchPart {
  written: number;
  /** Ids of what could not be worked out, or changed meanwhile: it stays waiting. */
  left: string[];
  /** True when nothing of the batch is left to be looked at. */
  isOver: boolean;
}

/** Some waiting artifacts, worked out and not written yet. The same in the process and in a thread. */
export class DistilBatch {
  #at = 0;

  private constructor(
    private readonly rows: readonly SqlRow[],
    private readonly done: readonly (WorkedOut | undefined)[],
  ) {}

  /**
   * Reads what still waits of these row numbers, and works it out; with `embed`, vectors too. `letPass` is called before
   * each, here and when they are written.
   */
  static async workedOut(
    db: Db,
    numbers: readonly number[],
    embed: boolean,
    letPass: () => void = goOn,
  ): Promise<DistilBatch> {
    const rows = await readSources(db, numbers);
    return new DistilBatch(rows, await workOutAll(rows, embed, letPass));
  }

  /**
   * Writes the next of it in one transaction of about `stretch` milliseconds; full text and commit come on top. Whether
   * an artifact is still as it was read is looked at in the same transaction.
   */
  write(db: Db, stretch: number, letPass: () => void = goOn): Promise<BatchPart> {
    return writeTogether(db, (write) => {
      const part: BatchPart = { written: 0, left: [], isOver: true };
      const until = performance.now() + stretch;
      let next = this.#at;
      for (; next < this.rows.length; next++) {
        if (next > this.#at && performance.now() >= until) break;
        letPass();
        const row = this.rows[next];
        if (row === undefined) continue;
        if (writeOne(write, row, this.done[next])) part.written++;
        else part.left.push(String(row["id"]));
      }
      part.isOver = next >= this.rows.length;
      return { part, next };
    }).then(({ part, next }) => {
      this.#at = next;
      return part;
    });
  }
}

/** The process itself lets others pass by its turns. */
function goOn(): void {}

/** Artifacts as they are stored, in order of their row numbers; very long ones without their text. */
function readSources(db: Db, numbers: readonly number[]): Promise<SqlRow[]> {
  return db.raw.all(
    `SELECT rowid AS row, id, integrationArtifactId, integration, account, kind, title, author, artifactDate,
            CASE WHEN length(markdown) <= ? THEN markdown END AS markdown, contentHash, updateDate, keyPoints, questionsAnswered, entities, metadata, CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.sequence') END AS sequence, insightHash
     FROM mdArtifacts
     WHERE rowid IN (SELECT value FROM json_each(?)) AND indexedHash IS NULL AND deletedAt IS NULL
     ORDER BY rowid`,
    [ANALYSED_CHARACTERS, JSON.stringify(numbers)],
  );
}

/** False when it could not be worked out, or changed meanwhile. */
function writeOne(write: WriteArtifact, row: SqlRow, worked: WorkedOut | undefined): boolean {
  if (worked === undefined) return false;
  return write({ ...worked.prepared, artifact: asRead(row) }, worked.made);
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
