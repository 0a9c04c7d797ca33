import type { McpCall } from "@/core/models/system";
import { plainLine } from "@/lib/clean-text";
import { isoNow } from "@/lib/time";

/** The newest tool calls of agents over HTTP, since this process started. */
export interface McpCallMemory {
  take: (call: { tool: string; outcome: McpCall["outcome"]; client: string | null }) => void;
  /** Newest first, and since when calls are kept. */
  read: () => { calls: McpCall[]; since: string };
}

const MOST_CALLS = 50;
const LONGEST_NAME = 80;

/** Remembers the last 50 calls. What clients call themselves is theirs to say, so it is cut and kept to one line. */
export function createMcpCallMemory(): McpCallMemory {
  const since = isoNow();
  let calls: McpCall[] = [];
  return {
    take: ({ tool, outcome, client }) => {
      const shown = client === null ? null : plainLine(client, LONGEST_NAME);
      calls = [
        { tool: tool.slice(0, LONGEST_NAME), outcome, at: isoNow(), client: shown },
        ...calls.slice(0, MOST_CALLS - 1),
      ];
    },
    read: () => ({ calls, since }),
  };
}
