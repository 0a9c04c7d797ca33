/**
 * The SQLite side of `Db`: Drizzle over one connection, with transactions that are really atomic.
 *
 * Drizzle's own asynchronous transaction on Bun's synchronous driver commits what it rejects, and a plain query
 * issued while a transaction is open would join it. Here every query goes through a scope: a query outside waits
 * until the transaction is over, and one inside runs at once.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Database } from "bun:sqlite";
import { drizzle } from "drizzle-orm/sqlite-proxy";
import type { Db, RawSql } from "@/core/models/database";
import { SqliteConnection } from "./sqlite-connection";

/** The innermost scope whose body the running code belongs to. */
const current = new AsyncLocalStorage<Scope>();

/** The connection outside of any transaction (depth 0), one transaction (1), or a savepoint in it (2 and more). */
class Scope {
  private inner: { scope: Scope; over: Promise<void> } | undefined;
  private ended = false;
  readonly handle: Db;

  constructor(
    private readonly connection: SqliteConnection,
    readonly depth: number,
    private readonly parent: Scope | undefined,
  ) {
    this.handle = makeHandle(connection, this);
  }

  /**
   * Runs `operation` once no inner transaction is open. There is no step between looking and running, in which
   * another transaction could begin.
   */
  async whenFree<Result>(operation: () => Result): Promise<Result> {
    while (this.inner !== undefined) {
      if (current.getStore()?.isWithin(this.inner.scope) === true) {
        throw new Error("Inside a transaction, use its own handle: the outer one would wait for itself.");
      }
      await this.inner.over;
    }
    if (this.ended) throw new Error("This transaction is over: await every query inside its body.");
    return operation();
  }

  async transaction<Result>(body: (tx: Db) => Promise<Result>): Promise<Result> {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const scope = new Scope(this.connection, this.depth + 1, this);
    await this.whenFree(() => {
      this.connection.begin(this.depth);
      this.inner = { scope, over };
    });
    try {
      const result = await current.run(scope, () => body(scope.handle));
      await scope.end();
      this.connection.commit(this.depth);
      return result;
    } catch (error) {
      await scope.end();
      this.connection.rollBack(this.depth);
      throw error;
    } finally {
      this.inner = undefined;
      resolve();
    }
  }

  private isWithin(other: Scope): boolean {
    return this === other || this.parent?.isWithin(other) === true;
  }

  private async end(): Promise<void> {
    while (this.inner !== undefined) await this.inner.over;
    this.ended = true;
  }
}

/**
 * Wraps an open SQLite connection as the handle that is passed down, and as its closer.
 *
 * @param committed called after each transaction's commit.
 */
export function sqliteHandle(database: Database, committed?: () => void): { db: Db; close: () => void } {
  const connection = new SqliteConnection(database, committed);
  return { db: new Scope(connection, 0, undefined).handle, close: () => connection.close() };
}

function makeHandle(connection: SqliteConnection, scope: Scope): Db {
  const orm = drizzle((sql, params, method) => scope.whenFree(() => connection.execute(sql, params, method)));
  const raw: RawSql = {
    all: (sql, params = []) => scope.whenFree(() => connection.all(sql, params)),
    run: (sql, params = []) => scope.whenFree(() => connection.run(sql, params)),
    together: (body) => scope.whenFree(() => connection.together(scope.depth, body)),
    snapshot: (body) => scope.whenFree(() => connection.snapshot(scope.depth, body)),
  };
  const transaction: Db["transaction"] = (body) => scope.transaction(body);
  // The seam: SQLite's query builder behind PostgreSQL's types, as in `table.ts`.
  return Object.assign(orm, { raw, transaction }) as unknown as Db;
}
