import { z } from "zod";

/** Anything that answers MCP over HTTP. */
export interface McpHandler<Rest extends unknown[]> {
  fetch: (request: Request, ...rest: Rest) => Promise<Response>;
}

export type McpOutcome = "ok" | "error";

const callSchema = z.object({ method: z.literal("tools/call"), params: z.object({ name: z.string() }) });

// Text in an answer has its quotes escaped, so these are found in the protocol's own fields alone.
const failureMarks = ['"isError":true', '"error":{"code":'];
const LONGEST_MARK = Math.max(...failureMarks.map((mark) => mark.length));

/** `handler`, with `count` called for each tool call once its answer has been given. The answer is what it was. */
export function withCountedCalls<Rest extends unknown[]>(
  handler: McpHandler<Rest>,
  count: (tool: string, outcome: McpOutcome, request: Request) => void,
): McpHandler<Rest> {
  return {
    fetch: async (request, ...rest) => {
      const tool = await toolOf(request);
      const response = await handler.fetch(request, ...rest);
      if (tool === undefined) return response;
      if (!response.ok || response.body === null) {
        count(tool, response.ok ? "ok" : "error", request);
        return response;
      }
      const watched = response.body.pipeThrough(watch((outcome) => count(tool, outcome, request)));
      return new Response(watched, response);
    },
  };
}

/** The tool that a request calls, if it calls one. */
async function toolOf(request: Request): Promise<string | undefined> {
  if (request.method !== "POST") return undefined;
  try {
    return callSchema.safeParse(await request.clone().json()).data?.params.name;
  } catch {
    // No JSON: the handler says so.
    return undefined;
  }
}

/** Passes bytes on as they come, and says at the end whether an error was among them. */
function watch(ended: (outcome: McpOutcome) => void): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let tail = "";
  let failed = false;
  return new TransformStream({
    transform(bytes, controller) {
      const text = tail + decoder.decode(bytes, { stream: true });
      failed ||= failureMarks.some((mark) => text.includes(mark));
      tail = text.slice(-LONGEST_MARK);
      controller.enqueue(bytes);
    },
    flush: () => ended(failed ? "error" : "ok"),
  });
}
