/**
 * The SQLite side of `Db`: Drizzle over one connection, with transactions that are really atomic.
 *
 * Drizzle's own asynchronous transaction on Bun's synchronous driver commits what it rejects, and a plain query
 * issued while a transaction is open would join it. Here every query goes through a callback, so a query outside
 * waits until the transaction is over, and one inside runs at once.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Database, SQLQueryBindings } from "bun:sqlite";
import { drizzle } from "drizzle-orm/sqlite-proxy";
import type { Db, RawSql, SqlRow, SqlValue } from "@/core/models/database";
import { StatementCache } from "./statement-cache";

type Method = "run" | "all" | "values" | "get";

class Connection {
  private readonly statements: StatementCache;
  /** Set while a transaction is open: resolves when it is over. */
  private open: Promise<void> | undefined;
  private readonly insideTransaction = new AsyncLocalStorage<true>();

  constructor(private readonly database: Database) {
    this.statements = new StatementCache(database);
  }

  /** Waits for an open transaction. Returns at once inside of one only through the transaction's own handle. */
  async untilFree(): Promise<void> {
    if (this.open !== undefined && this.insideTransaction.getStore() === true) {
      throw new Error("Inside a transaction, use its own handle: the outer one would wait for itself.");
    }
    while (this.open !== undefined) await this.open;
  }

  execute(sql: string, params: readonly unknown[], method: Method): { rows: unknown[] } {
    const statement = this.statements.get(sql);
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

  async transaction<Result>(body: () => Promise<Result>): Promise<Result> {
    await this.untilFree();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.open = promise;
    try {
      this.database.run("BEGIN IMMEDIATE");
      return await this.commitOrRollBack(body);
    } finally {
      this.open = undefined;
      resolve();
    }
  }

  async savepoint<Result>(name: string, body: () => Promise<Result>): Promise<Result> {
    this.database.run(`SAVEPOINT ${name}`);
    try {
      const result = await body();
      this.database.run(`RELEASE ${name}`);
      return result;
    } catch (error) {
      this.database.run(`ROLLBACK TO ${name}`);
      this.database.run(`RELEASE ${name}`);
      throw error;
    }
  }

  close(): void {
    this.statements.close();
    this.database.close();
  }

  private async commitOrRollBack<Result>(body: () => Promise<Result>): Promise<Result> {
    try {
      const result = await this.insideTransaction.run(true, body);
      this.database.run("COMMIT");
      return result;
    } catch (error) {
      // A full disk or an I/O error may have ended the transaction already.
      if (this.database.inTransaction) this.database.run("ROLLBACK");
      throw error;
    }
  }
}

/** Wraps an open SQLite connection as the handle that is passed down, and as its closer. */
export function sqliteHandle(database: Database): { db: Db; close: () => void } {
  const connection = new Connection(database);
  const outer = handle(
    (operation) => connection.untilFree().then(operation),
    connection,
    (body) => connection.transaction(() => body(inner(1))),
  );
  const inner = (depth: number): Db =>
    handle(
      (operation) => Promise.resolve().then(operation),
      connection,
      (body) => connection.savepoint(`level${depth}`, () => body(inner(depth + 1))),
    );
  return { db: outer, close: () => connection.close() };
}

function handle(
  schedule: <Result>(operation: () => Result) => Promise<Result>,
  connection: Connection,
  transaction: Db["transaction"],
): Db {
  const orm = drizzle((sql, params, method) => schedule(() => connection.execute(sql, params, method)));
  const raw: RawSql = {
    all: (sql, params = []) => schedule(() => connection.all(sql, params)),
    run: (sql, params = []) => schedule(() => connection.run(sql, params)),
  };
  // The seam: SQLite's query builder behind PostgreSQL's types, as in `table.ts`.
  return Object.assign(orm, { raw, transaction }) as unknown as Db;
}
