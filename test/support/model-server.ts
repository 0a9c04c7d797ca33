/** A language model on loopback that speaks the OpenAI chat-completions shape and says what the test wants. */

export interface ModelRequest {
  path: string;
  authorization: string | null;
  at: number;
  body: {
    model?: string;
    messages: { role: string; content: string }[];
    response_format?: { type: string };
    max_tokens?: number;
  };
}

type Reply = (request: ModelRequest) => Response | Promise<Response>;

/** An answer with these words. */
export function says(content: string): Response {
  return Response.json({
    id: "chat-1",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "test-model",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 },
  });
}

/** An error answer in OpenAI's shape. */
export function fails(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { message, type: "error" } }, { status, headers });
}

/** Starts the server: reply n answers request n, the last one all that follow. */
export function modelServer(...replies: Reply[]) {
  const requests: ModelRequest[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 30,
    fetch: async (request) => {
      const heard: ModelRequest = {
        path: new URL(request.url).pathname,
        authorization: request.headers.get("authorization"),
        at: performance.now(),
        // The test looks at the fields it expects.
        body: (await request.json()) as ModelRequest["body"],
      };
      requests.push(heard);
      const reply = replies[Math.min(requests.length, replies.length) - 1];
      return reply === undefined ? fails(500, "no reply planned") : await reply(heard);
    },
  });
  return {
    requests,
    baseUrl: `http://127.0.0.1:${server.port}/v1`,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}
