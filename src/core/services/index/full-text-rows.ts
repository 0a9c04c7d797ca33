import type { SqlNow, SqlValue } from "@/core/models/database";

const insertText = `INSERT INTO searchText (rowid, title, heading, body) VALUES (?, ?, ?, ?)`;
const insertField = `INSERT INTO searchField (rowid, title, keyPoints, questions, entities, author) VALUES (?, ?, ?, ?, ?, ?)`;

/**
 * Rows of the full-text tables, kept back until all else of a transaction is written, and then inserted one by one.
 *
 * FTS5 gathers a transaction's words in memory and writes them as one segment at its end, or sooner: as soon as a
 * savepoint is begun (https://sqlite.org/src/file/ext/fts5/fts5_main.c, `xSavepoint`), which SQLite does for every
 * statement that writes several rows or has triggers. Between such statements each artifact became a segment of its own,
 * and to merge those took more than all else that is written.
 */
export class FullTextRows {
  private readonly texts: SqlValue[][] = [];
  private readonly fields: SqlValue[][] = [];

  /** A chunk's number, and its lines. */
  addText(rowId: number, { title, heading, body }: { title: string; heading: string; body: string }): void {
    this.texts.push([rowId, title, heading, body]);
  }

  /** An artifact's number, and its lines in the order of the columns. */
  addField(no: number, lines: readonly [string, string, string, string, string]): void {
    this.fields.push([no, ...lines]);
  }

  /** Writes what was kept back: the last thing that a transaction does. */
  writeNow(sql: SqlNow): void {
    for (const row of this.texts) sql.run(insertText, row);
    for (const row of this.fields) sql.run(insertField, row);
  }
}
