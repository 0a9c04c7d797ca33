/** MCP as the page itself speaks it: one stateless request over HTTP, for the list of tools and the playground's test. */
import { z } from "zod";
import { ApiError } from "@/client/api";

const toolSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: z.object({ properties: z.record(z.string(), z.unknown()).optional() }).optional(),
});
export type McpTool = z.infer<typeof toolSchema>;

const answerSchema = z.object({
  result: z.object({ tools: z.array(toolSchema) }).optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** The message of an answer, which comes as JSON or as one server-sent event. */
export function messageIn(text: string): unknown {
  const data = text
    .split("\n")
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice("data:".length).trim())
    .filter((line) => line !== "");
  return JSON.parse(data.at(-1) ?? text);
}

/**
 * The tools that agents get from this server, over the very endpoint that they use, and how long that took.
 *
 * @throws ApiError when there is no usable answer.
 */
export async function listTools(signal?: AbortSignal): Promise<{ tools: McpTool[]; milliseconds: number }> {
  const start = performance.now();
  const response = await fetch("/mcp", {
    method: "POST",
    signal: signal ?? null,
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }),
  });
  const text = await response.text();
  if (!response.ok)
    throw new ApiError(
      "mcp",
      `The MCP endpoint answered with status ${response.status}.`,
      [],
      response.status,
    );
  const { result, error } = answerSchema.parse(messageIn(text));
  if (result === undefined) throw new ApiError("mcp", error?.message ?? "The MCP endpoint gave no list.");
  return { tools: result.tools, milliseconds: Math.round(performance.now() - start) };
}
