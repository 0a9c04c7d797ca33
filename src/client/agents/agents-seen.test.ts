import { expect, test } from "bun:test";
import type { McpCall } from "@/core/models/system";
import { agentsSeen } from "./agents-seen";

const call = (client: string | null, tool: string, minute: number, over: Partial<McpCall> = {}): McpCall => ({
  way: "http",
  tool,
  outcome: "ok",
  at: `2026-04-14T09:${String(minute).padStart(2, "0")}:00.000Z`,
  client,
  ...over,
});

test("each agent is shown with its last call, whatever order they come in", () => {
  const seen = agentsSeen([
    call("cursor/2", "semantic_search", 10),
    call("cursor/2", "fetch", 12, { outcome: "error" }),
    call("claude/1", "semantic_search", 11),
    call("claude/1", "sync_source", 13, { way: "stdio" }),
    call(null, "search", 1),
  ]);
  expect(seen.map(({ last, calls }) => [last.client, last.way, last.tool, last.outcome, calls])).toEqual([
    ["claude/1", "stdio", "sync_source", "ok", 1],
    ["cursor/2", "http", "fetch", "error", 2],
    ["claude/1", "http", "semantic_search", "ok", 1],
    [null, "http", "search", "ok", 1],
  ]);
  expect(agentsSeen([])).toEqual([]);
});
