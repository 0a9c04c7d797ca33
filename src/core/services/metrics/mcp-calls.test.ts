import { describe, expect, test } from "bun:test";
import { withCountedCalls } from "./mcp-calls";

/** A handler that answers with these parts, one after the other. */
function counted(answer: () => Response) {
  const calls: string[] = [];
  const handler = withCountedCalls({ fetch: () => Promise.resolve(answer()) }, (tool, outcome) =>
    calls.push(`${tool} ${outcome}`),
  );
  const post = (body: unknown) =>
    handler.fetch(new Request("http://localhost/mcp", { method: "POST", body: JSON.stringify(body) }));
  return { calls, post, handler };
}

const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "search", arguments: {} } };

function inParts(...parts: string[]): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      for (const part of parts) {
        controller.enqueue(new TextEncoder().encode(part));
        await Bun.sleep(1);
      }
      controller.close();
    },
  });
  return new Response(body, {
    status: 200,
    headers: { "Content-Type": "text/event-stream", "X-Kept": "yes" },
  });
}

describe("calls of tools", () => {
  test("are counted once their answer has been given, which stays what it was", async () => {
    const { calls, post } = counted(() => inParts('{"result":', '{"content":[]}}'));
    const response = await post(call);
    expect(calls).toEqual([]);
    expect(await response.text()).toBe('{"result":{"content":[]}}');
    expect(response.headers.get("x-kept")).toBe("yes");
    expect(calls).toEqual(["search ok"]);
  });

  test.each([
    ["a tool's own error", ['data: {"result":{"isErr', 'or":true}}\n\n']],
    ["the protocol's", ['{"error":{"code":-32602,"message":"x"}}']],
  ])("that end in %s count as errors, also when it comes in parts", async (_name, parts) => {
    const { calls, post } = counted(() => inParts(...parts));
    await (await post(call)).text();
    expect(calls).toEqual(["search error"]);
  });

  test("text that only looks like an error is none", async () => {
    const said = JSON.stringify({ result: { content: [{ text: '{"isError":true,"error":{"code":1}}' }] } });
    const { calls, post } = counted(() => inParts(said));
    await (await post(call)).text();
    expect(calls).toEqual(["search ok"]);
  });

  test("refused by status count as errors; other requests and broken ones do not count", async () => {
    const { calls, post, handler } = counted(() => new Response("no", { status: 400 }));
    await post(call);
    expect(calls).toEqual(["search error"]);
    await post({ jsonrpc: "2.0", id: 1, method: "tools/list" });
    await handler.fetch(new Request("http://localhost/mcp", { method: "POST", body: "{" }));
    await handler.fetch(new Request("http://localhost/mcp"));
    expect(calls).toHaveLength(1);
  });
});
