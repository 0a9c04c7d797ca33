/** The database as the sandbox's own process sees it: opened read-only, with limits and an authorizer. */
import { DatabaseSync } from "node:sqlite";
import { createAuthorizer, type Denial } from "./authorizer";
import { explainError, type Explained } from "./explain-error";
import { createGuardViews, type TableColumns } from "./guard-views";
import { readCapped, type CappedRows } from "./result-rows";
import { MAX_SQL_LENGTH } from "./statement";

/** A statement that is wrong or not allowed: the agent's to mend. */
export class RefusedStatement extends Error {
  constructor(readonly explained: Explained) {
    super(explained.message);
  }
}

export interface Reader {
  /** @throws RefusedStatement, or SQLite's error when the database itself is in trouble. */
  query: (sql: string) => CappedRows;
  schema: () => TableColumns[];
}

const limits = {
  // Above the longest artifact, far below what would hurt.
  length: 16_000_000,
  sqlLength: MAX_SQL_LENGTH * 3,
  column: 200,
  exprDepth: 100,
  compoundSelect: 20,
  vdbeOp: 25_000,
  functionArg: 100,
  attach: 0,
  likePatternLength: 200,
  // Full text search binds a few of its own; statements with parameters are refused before.
  variableNumber: 20,
  triggerDepth: 0,
};

/** Opens `path` for reading `tables` alone. */
export function openReader(path: string, tables: readonly string[]): Reader {
  let connection = connect(path, tables);
  return {
    schema: () => (connection = renewed(connection, path, tables)).schema,
    query: (sql) => {
      connection = renewed(connection, path, tables);
      return run(connection, sql);
    },
  };
}

interface Connection {
  database: DatabaseSync;
  schema: TableColumns[];
  schemaVersion: unknown;
  /** Runs the sandbox's own statements, past the authorizer. */
  trusted: <Result>(work: () => Result) => Result;
  takeDenial: () => Denial | undefined;
}

function connect(path: string, tables: readonly string[]): Connection {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 1_000, limits });
  database.exec("PRAGMA temp_store = MEMORY");
  database.enableDefensive(true);
  const { readable, schema } = createGuardViews(database, tables);
  let denial: Denial | undefined;
  const authorize = createAuthorizer(readable, (denied) => (denial ??= denied));
  const guard = () => database.setAuthorizer(authorize);
  const schemaVersion = versionOf(database);
  guard();
  return {
    database,
    schema,
    schemaVersion,
    trusted: (work) => {
      database.setAuthorizer(null);
      try {
        return work();
      } finally {
        guard();
      }
    },
    takeDenial: () => {
      const taken = denial;
      denial = undefined;
      return taken;
    },
  };
}

/** The same connection, or a new one when a table has come, gone or changed since: views would be out of date. */
function renewed(connection: Connection, path: string, tables: readonly string[]): Connection {
  const version = connection.trusted(() => versionOf(connection.database));
  if (version === connection.schemaVersion) return connection;
  connection.database.close();
  return connect(path, tables);
}

function versionOf(database: DatabaseSync): unknown {
  return database.prepare("PRAGMA main.schema_version").get()?.["schema_version"];
}

function run(connection: Connection, sql: string): CappedRows {
  connection.takeDenial();
  try {
    const statement = connection.database.prepare(sql);
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    const names = statement.columns().map(({ name }) => name);
    // With `setReturnArrays` rows are arrays; the types only know the other shape.
    const rows = statement.iterate() as unknown as Iterable<readonly never[]>;
    return readCapped(names, rows);
  } catch (error) {
    const explained = explainError(error, connection.takeDenial(), connection.schema, sql);
    throw explained === undefined ? error : new RefusedStatement(explained);
  }
}
