import { appendAgentCalls, readAgentCalls } from "@/core/db/queries/agent-calls";
import type { Db } from "@/core/models/database";
import { messageOf } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { McpCall } from "@/core/models/system";
import { plainLine } from "@/lib/clean-text";
import { isoNow } from "@/lib/time";

/** The newest tool calls of agents, kept in the database: one that starts its own server is another process. */
export interface AgentCalls {
  take: (call: Omit<McpCall, "at">) => void;
  /** Newest first, of every process. */
  read: () => Promise<McpCall[]>;
  /** Writes what is waiting. Never throws. */
  flush: () => Promise<void>;
}

/** Of each way, so that a busy agent over HTTP does not hide one over standard input. */
const MOST_CALLS = 50;
const LONGEST_NAME = 80;

/**
 * Remembers the last 50 calls of each way. They are written a moment later and many at a time, so that no answer waits
 * for the disk. What clients call themselves is theirs to say, so it is cut and kept to one line.
 *
 * @param delayMs how long calls may wait to be written together
 */
export function createAgentCalls({ db, log }: { db: Db; log: Logger }, delayMs = 500): AgentCalls {
  let waiting: McpCall[] = [];
  let timer: Timer | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async () => {
    clearTimeout(timer);
    timer = undefined;
    const calls = waiting;
    waiting = [];
    if (calls.length === 0) return;
    try {
      await appendAgentCalls(db, calls, MOST_CALLS);
    } catch (error) {
      log.warn("Calls of agents could not be kept.", { calls: calls.length, reason: messageOf(error) });
    }
  };
  const flush = () => (writing = writing.then(write));
  return {
    take: ({ way, tool, outcome, client }) => {
      const shown = client === null ? null : plainLine(client, LONGEST_NAME);
      waiting.push({ way, tool: tool.slice(0, LONGEST_NAME), outcome, at: isoNow(), client: shown });
      if (waiting.length > MOST_CALLS) waiting.shift();
      timer ??= setTimeout(() => void flush(), delayMs);
      timer.unref();
    },
    read: async () => {
      await flush();
      return await readAgentCalls(db);
    },
    flush,
  };
}
