/** Checks of a statement's text before SQLite sees it: SQLite itself runs the first statement and drops the rest. */
import { InputError } from "@/core/models/errors";

/** Longest statement that is taken, in characters. */
export const MAX_SQL_LENGTH = 50_000;
/** Views of the sandbox's own are named so; statements that contain the name are refused, so none can pose as one. */
export const GUARD_PREFIX = "stguard_";

const readers = new Set(["select", "with", "values"]);
/** What other databases are asked for their tables with. */
const lookingForTables = new Set(["show", "describe", "desc", "pragma"]);
const explaining = new Set(["explain", "query", "plan"]);
// A token that is no plain punctuation. Order matters: comments and quotes swallow what is inside of them.
const token =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|\?\d*|[:@$#][\w$:\u0080-\uffff]+|\S/g;

/**
 * One read-only statement as it may be handed to SQLite: without byte order mark, closing semicolons and comments
 * after them.
 *
 * @throws InputError naming the field `sql` and what it takes.
 */
export function checkStatement(sql: string): string {
  const text = sql.replace(/^\uFEFF/, "");
  if (text.length > MAX_SQL_LENGTH) {
    throw refuse(`The statement has ${text.length} characters.`, `at most ${MAX_SQL_LENGTH} characters`);
  }
  if (text.includes("\0")) throw refuse("The statement contains a NUL character.", "text without NUL");
  if (text.toLowerCase().includes(GUARD_PREFIX)) {
    throw refuse(`Names that contain '${GUARD_PREFIX}' are reserved.`, "other names");
  }
  const tokens = [...text.matchAll(token)].filter(([part]) => !/^(--|\/\*)/.test(part));
  const end = tokens.findIndex(([part]) => part === ";");
  const statement = end === -1 ? tokens : tokens.slice(0, end);
  const rest = end === -1 ? [] : tokens.slice(end);
  checkTokens(
    statement.map(([part]) => part),
    rest.map(([part]) => part),
  );
  return end === -1 ? text : text.slice(0, tokens[end]?.index);
}

function checkTokens(statement: readonly string[], rest: readonly string[]): void {
  const [first] = statement;
  if (first === undefined) {
    throw refuse("The statement is empty.", "one SELECT statement, e.g. SELECT count(*) FROM mdArtifacts");
  }
  const verb = statement.map((part) => part.toLowerCase()).find((part) => !explaining.has(part));
  const lists = lookingForTables.has(verb ?? "") ? "; get_data_source_context lists tables and columns" : "";
  if (verb === undefined || !readers.has(verb)) {
    throw refuse(
      `Statements that begin with '${(verb ?? first).slice(0, 40)}' are not taken: this is read-only.`,
      `one statement that begins with SELECT, WITH, VALUES or EXPLAIN${lists}`,
    );
  }
  if (rest.some((part) => part !== ";")) {
    throw refuse("There is more than one statement.", "exactly one statement; send the others one by one");
  }
  const parameter = statement.find((part) => /^(\?|[:@$#]\w)/.test(part));
  if (parameter !== undefined) {
    throw refuse(
      `The statement has a parameter, '${parameter}', and nothing to bind to it.`,
      "values written out as literals",
    );
  }
}

function refuse(message: string, takes: string): InputError {
  return new InputError(message, [{ field: "sql", message: `takes ${takes}` }], {
    action: `'sql' takes ${takes}.`,
  });
}
