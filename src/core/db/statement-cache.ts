import type { Database, Statement } from "bun:sqlite";

/** Prepared statements by their text, the least recently used finalised first. */
export class StatementCache {
  private readonly statements = new Map<string, Statement>();

  constructor(
    private readonly database: Database,
    private readonly limit = 300,
  ) {}

  get(sql: string): Statement {
    const known = this.statements.get(sql);
    if (known !== undefined) {
      this.statements.delete(sql);
      this.statements.set(sql, known);
      return known;
    }
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    if (this.statements.size > this.limit) this.dropOldest();
    return statement;
  }

  close(): void {
    for (const statement of this.statements.values()) statement.finalize();
    this.statements.clear();
  }

  private dropOldest(): void {
    for (const [sql, statement] of this.statements) {
      statement.finalize();
      this.statements.delete(sql);
      return;
    }
  }
}
