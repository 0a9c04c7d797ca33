/**
 * The SQLite side of `Db`: Drizzle over one connection, with transactions that are really atomic.
 *
 * Drizzle's own asynchronous transaction on Bun's synchronous driver commits what it rejects, and a plain query
 * issued while a transaction is open would join it. Here every query goes through a scope: a query outside waits
 * until the transaction is over, and one inside runs at once. One outside that only reads need not wait where there is a
 * connection for it: it sees what is committed.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Database } from "bun:sqlite";
import { drizzle } from "drizzle-orm/sqlite-proxy";
import type { Db, RawSql } from "@/core/models/database";
import { SqliteConnection } from "./sqlite-connection";

/** What a thread writes in one turn, in transactions of the process's own. */
const LENT_COMMITS = 4;

/** The innermost scope whose body the running code belongs to. */
const current = new AsyncLocalStorage<Scope>();

/** The connection outside of any transaction (depth 0), one transaction (1), or a savepoint in it (2 and more). */
class Scope {
  /** What holds the turn: a transaction, or one that another connection writes (`lent`), beside which may be read. */
  private inner: { scope: Scope; over: Promise<void>; lent: boolean } | undefined;
  private ended = false;
  readonly handle: Db;

  /** @param beside gives a connection that only reads, for queries while a transaction is open on the other one. */
  constructor(
    private readonly connection: SqliteConnection,
    readonly depth: number,
    private readonly parent: Scope | undefined,
    private readonly beside: () => SqliteConnection | undefined = () => undefined,
  ) {
    this.handle = makeHandle(connection, this);
  }

  /**
   * Runs `operation` once no inner transaction is open. There is no step between looking and running, in which
   * another transaction could begin. One that only reads (`reads`) does not wait for another connection's transaction.
   */
  async whenFree<Result>(operation: () => Result, reads = false): Promise<Result> {
    for (;;) {
      if (this.inner === undefined || (reads && this.inner.lent)) break;
      if (current.getStore()?.isWithin(this.inner.scope) === true) {
        throw new Error("Inside a transaction, use its own handle: the outer one would wait for itself.");
      }
      await this.inner.over;
    }
    if (this.ended) throw new Error("This transaction is over: await every query inside its body.");
    return operation();
  }

  /** Runs what only reads: at once where it can be done beside the transaction that is open, if one is. */
  async read<Result>(operation: (connection: SqliteConnection) => Result): Promise<Result> {
    const { inner } = this;
    const isOutside = inner !== undefined && current.getStore()?.isWithin(inner.scope) !== true;
    const beside = isOutside && !inner.lent ? this.beside() : undefined;
    return beside === undefined ? this.whenFree(() => operation(this.connection), true) : operation(beside);
  }

  async transaction<Result>(body: (tx: Db) => Promise<Result>): Promise<Result> {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const scope = new Scope(this.connection, this.depth + 1, this);
    await this.whenFree(() => {
      this.connection.begin(this.depth);
      this.inner = { scope, over, lent: false };
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

  async lendWriting<Result>(body: () => Promise<Result>): Promise<Result> {
    if (this.depth > 0) throw new Error("The turn to write is lent outside of transactions only.");
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const scope = new Scope(this.connection, this.depth + 1, this);
    await this.whenFree(() => {
      this.inner = { scope, over, lent: true };
    });
    try {
      // Awaited inside: a query is only sent, and so belongs to this scope, once somebody waits for it.
      return await current.run(scope, async () => await body());
    } finally {
      this.inner = undefined;
      this.connection.committed(LENT_COMMITS);
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

interface HandleOptions {
  /** Called after each transaction's commit, with about how many usual ones it amounts to. */
  committed?: (commits: number) => void;
  /** Opens a connection of the same database that only reads: queries then need not wait for transactions. */
  openBeside?: () => Database;
}

/** Wraps an open SQLite connection as the handle that is passed down, and as its closer. */
export function sqliteHandle(
  database: Database,
  { committed, openBeside }: HandleOptions = {},
): { db: Db; close: () => void } {
  const connection = new SqliteConnection(database, committed);
  let beside: SqliteConnection | undefined;
  const reader = () => {
    try {
      beside ??= openBeside && new SqliteConnection(openBeside());
    } catch {
      // No file can be opened just now: reads wait for the transaction instead.
    }
    return beside;
  };
  return {
    db: new Scope(connection, 0, undefined, reader).handle,
    close: () => {
      // The last to close the database takes its log into it, which a reader cannot.
      beside?.close();
      connection.close();
    },
  };
}

/** Statements that certainly write nothing; one that is not recognised waits like a write. */
const readsOnly = /^\s*select\b/i;

function makeHandle(connection: SqliteConnection, scope: Scope): Db {
  const run = <Result>(sql: string, operation: (on: SqliteConnection) => Result): Promise<Result> =>
    readsOnly.test(sql) ? scope.read(operation) : scope.whenFree(() => operation(connection));
  const orm = drizzle((sql, params, method) => run(sql, (on) => on.execute(sql, params, method)));
  const raw: RawSql = {
    all: (sql, params = []) => run(sql, (on) => on.all(sql, params)),
    run: (sql, params = []) => scope.whenFree(() => connection.run(sql, params)),
    together: (body) => scope.whenFree(() => connection.together(scope.depth, body)),
    snapshot: (body) => scope.whenFree(() => connection.snapshot(scope.depth, body), true),
    path: connection.path,
    lendWriting: (body) => scope.lendWriting(body),
  };
  const transaction: Db["transaction"] = (body) => scope.transaction(body);
  // The seam: SQLite's query builder behind PostgreSQL's types, as in `table.ts`.
  return Object.assign(orm, { raw, transaction }) as unknown as Db;
}
