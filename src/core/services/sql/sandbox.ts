import type { Logger } from "@/core/models/logger";
import type { SqlSandbox } from "@/core/services/app";

/** `tables`: the tables that may be read, beside their full text shadows: nothing else is visible. */
export function createSqlSandbox(_deps: {
  databasePath: string;
  tables: readonly string[];
  log: Logger;
}): SqlSandbox {
  throw new Error("not built");
}
