/** SQLite's errors in words that tell an agent what to write instead. */
import { closest } from "@/lib/closest";
import type { Denial } from "./authorizer";
import { dialectHint } from "./dialect-hints";
import type { TableColumns } from "./guard-views";

export interface Explained {
  message: string;
  hint: string | undefined;
}

/** What is wrong with the statement and what to do about it; undefined when it is not the statement's fault. */
export function explainError(
  error: unknown,
  denial: Denial | undefined,
  schema: readonly TableColumns[],
  sql: string,
): Explained | undefined {
  if (denial !== undefined) return explainDenial(denial, schema);
  const { message, code } = sqliteError(error);
  const table = /^no such table: (?:\w+\.)?(.+)$/.exec(message)?.[1];
  if (table !== undefined)
    return { message: `There is no table '${table}'.`, hint: tableHint(table, schema) };
  const column = /^no such column: "?([^"]+?)"?(?: - |$)/.exec(message)?.[1];
  if (column !== undefined) {
    return { message: `There is no column '${column}'.`, hint: columnHint(column, schema, sql) };
  }
  if (code === codes.tooBig) {
    return { message: "A value grew too large.", hint: "Select shorter values, e.g. with substr()." };
  }
  if (code === codes.memory) {
    return {
      message: "The query needs too much memory.",
      hint: "Narrow it with WHERE, or aggregate less at once.",
    };
  }
  if (code === codes.sql || code === codes.mismatch)
    return { message: `SQLite says: ${message}.`, hint: dialectHint(message) };
  return undefined;
}

const codes = { sql: 1, memory: 7, tooBig: 18, mismatch: 20 } as const;

function sqliteError(error: unknown): { message: string; code: number | undefined } {
  if (!(error instanceof Error)) return { message: String(error), code: undefined };
  const code = "errcode" in error && typeof error.errcode === "number" ? error.errcode & 0xff : undefined;
  return { message: error.message, code };
}

function explainDenial(denial: Denial, schema: readonly TableColumns[]): Explained {
  if (denial.kind === "function") {
    return { message: `The function ${denial.name}() may not be used here.`, hint: undefined };
  }
  if (denial.kind === "action") {
    return {
      message: `${denial.name} is not taken: this is read-only.`,
      hint: "Write one SELECT statement.",
    };
  }
  if (schema.some(({ table }) => table.toLowerCase() === denial.name.toLowerCase())) {
    return {
      message: `The table '${denial.name}' can only be read by its plain name.`,
      hint: `Write ${denial.name} without a prefix such as main.`,
    };
  }
  return { message: `The table '${denial.name}' may not be read.`, hint: tableHint(denial.name, schema) };
}

function tableHint(name: string, schema: readonly TableColumns[]): string {
  const names = schema.map(({ table }) => table);
  const near = closest(name, names);
  const question = near.length > 0 ? `Did you mean ${near.join(" or ")}? ` : "";
  return `${question}Readable tables: ${names.join(", ") || "none yet"}.`;
}

function columnHint(name: string, schema: readonly TableColumns[], sql: string): string {
  const words = new Set(sql.toLowerCase().match(/\w+/g) ?? []);
  const used = schema.filter(({ table }) => words.has(table.toLowerCase()));
  const bare = name.split(".").at(-1) ?? name;
  const near = closest(bare, [
    ...new Set(used.flatMap(({ columns }) => columns.map((column) => column.name))),
  ]);
  const question = near.length > 0 ? `Did you mean ${near.join(" or ")}? ` : "";
  const lists = used.map(
    ({ table, columns }) => `${table} has ${columns.map((column) => column.name).join(", ")}.`,
  );
  return `${question}${lists.join(" ")}`.trim();
}
