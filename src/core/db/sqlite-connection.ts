import type { Database, SQLQueryBindings } from "bun:sqlite";
import type { SqlNow, SqlRow, SqlValue } from "@/core/models/database";
import { StatementCache } from "./statement-cache";

/** What the query builder asks for: nothing, all rows, rows as lists, or the first row. */
export type Method = "run" | "all" | "values" | "get";

/** One SQLite connection: statements run at once, prepared and cached. Knows nothing of who may run when. */
export class SqliteConnection {
  private readonly statements: StatementCache;

  /** @param committed called after each transaction's commit, with about how many usual ones it amounts to. */
  constructor(
    private readonly database: Database,
    readonly committed: (commits: number) => void = () => undefined,
  ) {
    this.statements = new StatementCache(database);
  }

  get path(): string {
    return this.database.filename;
  }

  /** Runs one of the query builder's statements, rows as lists of values in column order. */
  execute(sql: string, params: readonly unknown[], method: Method): { rows: unknown[] } {
    const statement = this.statements.get(sql);
    // The query builder has encoded its values for SQLite already.
    const values = params as SQLQueryBindings[];
    if (method === "run") {
      statement.run(...values);
      return { rows: [] };
    }
    const rows = statement.values(...values);
    // For "get", the proxy driver takes the one row itself in the place of the list.
    return { rows: method === "get" ? (rows[0] as unknown[]) : rows };
  }

  all(sql: string, params: readonly SqlValue[]): SqlRow[] {
    return this.statements.get(sql).all(...params) as SqlRow[];
  }

  run(sql: string, params: readonly SqlValue[]): { changes: number } {
    return { changes: this.statements.get(sql).run(...params).changes };
  }

  /** Runs `body` as a transaction, or as a savepoint when `depth` is above 0. */
  together<Result>(depth: number, body: (sql: SqlNow) => Result): Result {
    let over = false;
    const whileOpen = <Value>(operation: () => Value): Value => {
      if (over) throw new Error("These statements are over: run all of them before the body returns.");
      return operation();
    };
    this.begin(depth);
    try {
      const result = body({
        all: (sql, params = []) => whileOpen(() => this.all(sql, params)),
        run: (sql, params = []) => whileOpen(() => this.run(sql, params)),
      });
      if (result instanceof Promise) {
        result.catch(() => undefined); // Fails at its next statement, for the reason that is thrown here.
        throw new Error("The body of 'together' must not wait for anything.");
      }
      this.commit(depth);
      return result;
    } catch (error) {
      this.rollBack(depth);
      throw error;
    } finally {
      over = true;
    }
  }

  /** Runs reads of `body` on one state of the database; inside of a transaction (`depth` above 0) they are already. */
  snapshot<Result>(depth: number, body: (all: SqlNow["all"]) => Result): Result {
    const all: SqlNow["all"] = (sql, params = []) => this.all(sql, params);
    if (depth > 0) return body(all);
    this.database.run("BEGIN");
    try {
      return body(all);
    } finally {
      // An I/O error may have ended it already.
      if (this.database.inTransaction) this.database.run("COMMIT");
    }
  }

  /** Begins a transaction, or a savepoint when `depth` is above 0. */
  begin(depth: number): void {
    this.database.run(depth === 0 ? "BEGIN IMMEDIATE" : `SAVEPOINT level${depth}`);
  }

  commit(depth: number): void {
    this.database.run(depth === 0 ? "COMMIT" : `RELEASE level${depth}`);
    if (depth === 0) this.committed(1);
  }

  rollBack(depth: number): void {
    // A full disk or an I/O error may have ended the whole transaction already.
    if (!this.database.inTransaction) return;
    if (depth === 0) {
      this.database.run("ROLLBACK");
    } else {
      this.database.run(`ROLLBACK TO level${depth}`);
      this.database.run(`RELEASE level${depth}`);
    }
  }

  close(): void {
    this.statements.close();
    this.database.close();
  }
}
