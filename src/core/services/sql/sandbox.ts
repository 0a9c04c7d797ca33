/**
 * Read-only SQL for agents. Statements run in a process of their own; it is started with the first one, kept warm, and
 * killed and started anew when a statement takes too long. While a slow one runs, a second process takes the quick ones.
 */
import { CancelledError, InputError, TransientError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { SqlSandbox } from "@/core/services/app";
import { QueryTimeout, startSandboxProcess } from "./child-process";
import type { SandboxReply, SandboxRequest } from "./protocol";
import { checkStatement } from "./statement";
import { createTwoLanes } from "./two-lanes";
import { createWarmProcesses } from "./warm-processes";

/** How long a statement may run. */
const QUERY_TIMEOUT_MS = 2_000;
/** How long a statement runs before others pass it by. */
const QUICK_MS = 150;
/** How long a statement may wait for its turn: quick ones of many agents all come to theirs, many slow ones do not. */
const LONGEST_WAIT_MS = 20_000;
/** How many may wait, so that what they hold in memory is bounded. */
const LONGEST_QUEUE = 500;

/** `tables`: the tables that may be read, full text tables with their shadows: nothing else is visible. */
export function createSqlSandbox(deps: {
  databasePath: string;
  tables: readonly string[];
  log: Logger;
  /** How long a statement may run, in milliseconds. */
  timeoutMs?: number;
  /** How long a statement may wait for its turn, in milliseconds. */
  longestWaitMs?: number;
  /** How long a statement runs before others pass it by, in milliseconds. */
  quickMs?: number;
}): SqlSandbox {
  const timeoutMs = deps.timeoutMs ?? QUERY_TIMEOUT_MS;
  const { longestWaitMs = LONGEST_WAIT_MS, quickMs = QUICK_MS } = deps;
  const lanes = createTwoLanes({ quickMs, longestWaitMs, longestQueue: LONGEST_QUEUE });
  const processes = createWarmProcesses(() => startSandboxProcess(deps.databasePath, deps.tables), deps.log);
  let requests = 0;
  const ask = (request: (id: number) => SandboxRequest, given?: AbortSignal) =>
    lanes.run(async (signal, begun) => {
      const child = await processes.take();
      begun();
      try {
        return await child.ask(request(++requests), timeoutMs, signal);
      } catch (error) {
        if (error instanceof QueryTimeout || error instanceof CancelledError) processes.warm();
        throw error instanceof QueryTimeout ? tooSlow() : error;
      } finally {
        processes.giveBack(child);
      }
    }, given);
  return {
    query: async (sql, signal) => {
      const statement = checkStatement(sql);
      const reply = accepted(await ask((id) => ({ kind: "query", id, sql: statement }), signal), deps.log);
      if (reply.kind !== "rows") throw unexpected();
      const { columns, rows, truncated, note, elapsedMs } = reply;
      return { columns, rows, truncated, note, elapsedMs };
    },
    schema: async () => {
      const reply = accepted(await ask((id) => ({ kind: "schema", id })), deps.log);
      if (reply.kind !== "schema") throw unexpected();
      return reply.tables;
    },
    close: () => processes.close(),
  };
}

function accepted(reply: SandboxReply, log: Logger): SandboxReply {
  if (reply.kind === "failed") {
    log.error("The database could not be read for a query.", { reason: reply.message });
    throw new TransientError("The database cannot be read right now.", { action: "Try again in a moment." });
  }
  if (reply.kind !== "refused") return reply;
  const { message, hint } = reply;
  const details = [{ field: "sql", message: hint ?? message }];
  throw new InputError(message, details, hint === undefined ? {} : { action: hint });
}

function tooSlow(): InputError {
  const advice = "Narrow it with WHERE on indexed columns, LIMIT it, or avoid joins without a condition.";
  return new InputError(
    `The query ran longer than ${QUERY_TIMEOUT_MS / 1000} seconds and was stopped.`,
    [{ field: "sql", message: advice }],
    { action: advice },
  );
}

function unexpected(): Error {
  return new Error("The SQL process answered something else than it was asked.");
}
