import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

/** A value that SQLite and PostgreSQL both take as a bound parameter. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array;

/** One result row of raw SQL, keyed by column name. Parse it before you trust it. */
export type SqlRow = Record<string, SqlValue>;

/** Raw SQL without waiting, inside `RawSql.together`. */
export interface SqlNow {
  all(sql: string, params?: readonly SqlValue[]): SqlRow[];
  run(sql: string, params?: readonly SqlValue[]): { changes: number };
}

/**
 * Raw SQL for what the common query builder cannot say: full text, vectors, pragmas.
 * Only `core/db`, `core/services/index` and `core/services/search` use it; everything else stays portable.
 */
export interface RawSql {
  /** Runs a query and returns all rows. */
  all(sql: string, params?: readonly SqlValue[]): Promise<SqlRow[]>;
  /** Runs a statement and returns the number of rows it changed. */
  run(sql: string, params?: readonly SqlValue[]): Promise<{ changes: number }>;
  /**
   * Many small statements in one go, atomically: all of what `body` writes, or none when it throws. The body does not
   * wait for anything, so nothing else runs meanwhile: keep it to some milliseconds.
   */
  together<Result>(body: (sql: SqlNow) => Result): Promise<Result>;
  /** Several reads of one state of the database, whatever other processes commit meanwhile. The body does not wait. */
  snapshot<Result>(body: (all: SqlNow["all"]) => Result): Promise<Result>;
  /** The database's file, for a thread that opens a connection of its own. */
  readonly path: string;
  /**
   * Lends the turn to write to another connection of this process, as long as `body` goes on: other writes wait as they
   * do for any transaction, and reads see what is committed. Never inside a transaction.
   */
  lendWriting<Result>(body: () => Promise<Result>): Promise<Result>;
}

type QueryBuilder = Pick<
  PgDatabase<PgQueryResultHKT>,
  "select" | "selectDistinct" | "insert" | "update" | "delete" | "$with" | "with" | "$count"
>;

/**
 * The database handle that is passed down everywhere: Drizzle's query builder (asynchronous on every dialect),
 * raw SQL, and one way to run a transaction. Types are PostgreSQL's, the stricter of the two dialects.
 */
export interface Db extends QueryBuilder {
  readonly raw: RawSql;
  /**
   * Runs `body` atomically: all of its writes are committed together, or none when it throws. Bodies only await
   * queries on the `tx` they are given; using the outer handle inside the body is an error, not a deadlock.
   * Called on a `tx`, it opens a savepoint. Meanwhile writes outside wait; reads outside see what is committed.
   */
  transaction<Result>(body: (tx: Db) => Promise<Result>): Promise<Result>;
}
