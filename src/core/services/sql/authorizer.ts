/** Decides what a statement may touch, action by action, while SQLite compiles it. Nothing is allowed by default. */
import { constants } from "node:sqlite";
import { allowedFunctions } from "./allowed-functions";
import { GUARD_PREFIX } from "./statement";

/** What may be read; all names in lower case. */
export interface Readable {
  /** Tables that are read through their guard view. */
  tables: ReadonlySet<string>;
  /** Those of them that hide rows: nothing may look past the view, not even to count. */
  filtered: ReadonlySet<string>;
  /** Full text tables and their shadows, read directly: MATCH does not work through a view. */
  fullText: ReadonlySet<string>;
  /** Every table and view of the database. */
  existing: ReadonlySet<string>;
}

export interface Denial {
  kind: "table" | "function" | "action";
  name: string;
}

export type AuthorizerCallback = (
  action: number,
  first: string | null,
  second: string | null,
  database: string | null,
  by: string | null,
) => number;

const tableFunctions = new Set(["json_each", "json_tree"]);

/** The callback for `setAuthorizer`; `onDenied` hears what was refused, since SQLite's own message is vague. */
export function createAuthorizer(readable: Readable, onDenied: (denial: Denial) => void): AuthorizerCallback {
  const deny = (kind: Denial["kind"], name: string) => {
    onDenied({ kind, name });
    return constants.SQLITE_DENY;
  };
  return (action, first, second, database, by) => {
    switch (action) {
      case constants.SQLITE_SELECT:
      case constants.SQLITE_RECURSIVE:
        return constants.SQLITE_OK;
      case constants.SQLITE_FUNCTION: {
        const name = (second ?? "").toLowerCase();
        return allowedFunctions.has(name) ? constants.SQLITE_OK : deny("function", name);
      }
      case constants.SQLITE_READ: {
        const access = {
          table: lower(first),
          column: second ?? "",
          database: lower(database),
          by: lower(by),
        };
        return mayRead(readable, access) ? constants.SQLITE_OK : deny("table", first ?? "");
      }
      case constants.SQLITE_PRAGMA:
        // Full text search asks for it by itself; statements that begin with PRAGMA never come this far.
        return readable.fullText.size > 0 && lower(first) === "data_version" && second === null
          ? constants.SQLITE_OK
          : deny("action", "PRAGMA");
      default:
        return deny("action", "That kind of statement");
    }
  };
}

interface Access {
  table: string;
  /** Empty when a table is only counted or tested for rows. */
  column: string;
  database: string;
  /** The view (or common table expression) that the access comes from. */
  by: string;
}

function mayRead(readable: Readable, { table, column, database, by }: Access): boolean {
  if (tableFunctions.has(table) || readable.fullText.has(table)) return true;
  if (database === "temp") {
    const guarded = table.startsWith(GUARD_PREFIX) ? table.slice(GUARD_PREFIX.length) : undefined;
    return guarded === undefined
      ? readable.tables.has(table)
      : readable.tables.has(guarded) && by === guarded;
  }
  if (readable.tables.has(table)) {
    // No statement can contain the prefix, so only a guard view of our own reads under its name.
    return by.startsWith(GUARD_PREFIX) || (column === "" && !readable.filtered.has(table));
  }
  // Common table expressions are reported like tables, without a database and a column.
  return column === "" && database === "" && !readable.existing.has(table) && !isBuiltIn(table);
}

function isBuiltIn(table: string): boolean {
  return /^(sqlite_|pragma_|dbstat$|fts|rtree|geopoly|bytecode$|tables_used$)/.test(table);
}

function lower(name: string | null): string {
  return (name ?? "").toLowerCase();
}
