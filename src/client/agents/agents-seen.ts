import type { McpCall } from "@/core/models/system";

export interface SeenAgent {
  /** What it called last, and how that ended. */
  last: McpCall;
  /** Its calls that are still remembered. */
  calls: number;
}

/** Each agent with its last call, by its name and its way in; the one that called last comes first. */
export function agentsSeen(calls: readonly McpCall[]): SeenAgent[] {
  const byAgent = Map.groupBy(calls, ({ way, client }) => `${way} ${client ?? ""}`);
  return [...byAgent.values()]
    .flatMap((own) => {
      const [last] = own.toSorted((a, b) => b.at.localeCompare(a.at));
      return last === undefined ? [] : [{ last, calls: own.length }];
    })
    .toSorted((a, b) => b.last.at.localeCompare(a.last.at));
}
