import type { Config } from "@/core/config";
import type { Db } from "@/core/models/database";
import type { Search } from "@/core/services/app";
import type { LedgerEntry } from "@/core/services/http/ledger";
import { tools } from "@/core/services/mcp/tools";
import type { AgentCalls } from "@/core/services/system/agent-calls";
import { registerMachineMetrics } from "./from-machine";
import { registerRowMetrics } from "./from-rows";
import { registerVectorMetrics } from "./from-vectors";
import { type McpHandler, withCountedCalls } from "./mcp-calls";
import { type OutsideWork, registerOutsideWork } from "./outside-work";
import { Counter, Histogram, Registry } from "./prom-client-parts";
import { prefix } from "./read-at-scrape";

/** What the program tells a monitoring system about itself, in Prometheus' text format. */
export interface Metrics extends OutsideWork {
  /** `search`, with its times taken. */
  measureSearch: (search: Search) => Search;
  /** `handler`, with its tool calls counted. */
  countMcp: <Rest extends unknown[]>(handler: McpHandler<Rest>) => McpHandler<Rest>;
  /** Counts one request to a provider. */
  countRequest: (source: string, request: Pick<LedgerEntry, "status">) => void;
  render: () => Promise<{ contentType: string; text: string }>;
}

const stages = ["find", "present", "total"] as const;
const BUCKETS_SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

/** Counters and gauges of one process; most are read from rows when they are asked for. */
export function createMetrics(deps: {
  db: Db;
  config: Pick<Config, "databasePath">;
  /** Told of each tool call as well. */
  mcpCalls?: Pick<AgentCalls, "take">;
  now?: () => Date;
}): Metrics {
  const { db, config, mcpCalls: memory, now = () => new Date() } = deps;
  const registry = new Registry();
  registerRowMetrics(registry, db, now);
  registerVectorMetrics(registry, db);
  registerMachineMetrics(registry, config.databasePath);
  const { searchSeconds, searches, mcpCalls, requests } = ownCounters([registry]);
  const toolNames = new Set(tools.map((tool) => tool.name));
  return {
    ...registerOutsideWork(registry),
    measureSearch: (search) => async (input, signal) => {
      try {
        const response = await search(input, signal);
        searches.inc({ outcome: "ok" });
        for (const stage of stages) {
          const milliseconds = response.timings[stage];
          if (milliseconds !== undefined) searchSeconds.observe({ stage }, milliseconds / 1000);
        }
        return response;
      } catch (error) {
        searches.inc({ outcome: "error" });
        throw error;
      }
    },
    countMcp: (handler) =>
      withCountedCalls(handler, (name, outcome, request) => {
        // Whoever calls chooses the name; only our own become labels.
        const tool = toolNames.has(name) ? name : "unknown";
        mcpCalls.inc({ tool, outcome });
        memory?.take({ way: "http", tool, outcome, client: request.headers.get("user-agent") });
      }),
    countRequest: (source, { status }) => {
      requests.inc({ source, status_class: status === undefined ? "none" : `${Math.floor(status / 100)}xx` });
    },
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

/** What this process counts itself, rather than reads when it is asked. */
function ownCounters(registers: Registry[]) {
  return {
    searchSeconds: new Histogram({
      name: `${prefix}search_seconds`,
      help: "Time of searches since the start, by stage",
      labelNames: ["stage"],
      buckets: BUCKETS_SECONDS,
      registers,
    }),
    searches: new Counter({
      name: `${prefix}searches_total`,
      help: "Searches since the start, by how they ended",
      labelNames: ["outcome"],
      registers,
    }),
    mcpCalls: new Counter({
      name: `${prefix}mcp_calls_total`,
      help: "Calls of MCP tools since the start, by how they ended",
      labelNames: ["tool", "outcome"],
      registers,
    }),
    requests: new Counter({
      name: `${prefix}provider_requests_total`,
      help: "Requests to providers since the start, repeats included, by the class of their answer",
      labelNames: ["source", "status_class"],
      registers,
    }),
  };
}
