/**
 * Read-only SQL for agents. Statements run in a process of their own, one at a time; it is started with the first
 * one, kept warm, and killed and started anew when a statement takes too long.
 */
import { CancelledError, ConflictError, InputError, TransientError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { SqlSandbox } from "@/core/services/app";
import { QueryTimeout, type SandboxProcess, startSandboxProcess } from "./child-process";
import type { SandboxReply, SandboxRequest } from "./protocol";
import { checkStatement } from "./statement";

/** How long a statement may run. */
export const QUERY_TIMEOUT_MS = 2_000;
/** How long a statement may wait for its turn: short ones of many agents all come to theirs, behind slow ones they do not. */
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
}): SqlSandbox {
  const timeoutMs = deps.timeoutMs ?? QUERY_TIMEOUT_MS;
  const turns = createTurns(deps.longestWaitMs ?? LONGEST_WAIT_MS);
  const pool = createWarmProcess(() => startSandboxProcess(deps.databasePath, deps.tables));
  let requests = 0;
  const ask = (request: (id: number) => SandboxRequest, signal?: AbortSignal) =>
    turns.run(async () => {
      const child = await pool.get();
      try {
        return await child.ask(request(++requests), timeoutMs, signal);
      } catch (error) {
        if (error instanceof QueryTimeout || error instanceof CancelledError) pool.warm(deps.log);
        throw error instanceof QueryTimeout ? tooSlow() : error;
      }
    });
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
    close: () => pool.close(),
  };
}

/** Runs work one after the other; refuses what waited longer than that for its turn, and at once where too much waits. */
function createTurns(longestWaitMs: number): {
  run: <Result>(work: () => Promise<Result>) => Promise<Result>;
} {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    run: (work) => {
      if (waiting >= LONGEST_QUEUE) throw tooMany();
      waiting++;
      const askedAt = performance.now();
      const turn = last.then(() => {
        if (performance.now() - askedAt > longestWaitMs) throw tooMany();
        return work();
      });
      last = turn.then(
        () => waiting--,
        () => waiting--,
      );
      return turn;
    },
  };
}

function tooMany(): ConflictError {
  return new ConflictError("Too many queries are waiting.", { action: "Try again in a few seconds." });
}

/** Holds at most one living process. */
function createWarmProcess(start: () => Promise<SandboxProcess>) {
  let current: Promise<SandboxProcess> | undefined;
  let closed = false;
  const get = async (): Promise<SandboxProcess> => {
    if (closed) throw new ConflictError("The program is stopping.");
    const child = await (current ??= start()).catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    if (child.alive) return child;
    current = undefined;
    return get();
  };
  return {
    get,
    /** Starts the next process already; the next query reports what goes wrong with it. */
    warm: (log: Logger) => {
      if (!closed)
        get().catch((error: unknown) => log.warn("The SQL process could not be started.", { error }));
    },
    close: async () => {
      closed = true;
      const child = await current?.catch(() => undefined);
      await child?.kill();
    },
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
