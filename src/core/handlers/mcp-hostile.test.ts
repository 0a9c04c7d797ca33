/** What strangers to the protocol send to /mcp, through the whole server. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type HttpApp, httpApp } from "@test/http";

let http: HttpApp;
beforeAll(async () => {
  http = await httpApp();
});
afterAll(() => http[Symbol.asyncDispose]());

const base = { Accept: "application/json, text/event-stream", "Content-Type": "application/json" };
const call = (args: unknown, name = "semantic_search") => ({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name, arguments: args },
});

async function send(body: unknown, headers: Record<string, string> = {}) {
  const answer = await http.send("POST", "/mcp", { body, headers: { ...base, ...headers } });
  return { status: answer.status, text: await answer.text() };
}

describe("a message to /mcp", () => {
  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "of the type %s, as a form of another site sends it, is refused",
    async (type) => {
      expect((await send(JSON.stringify(call({ query: "x" })), { "Content-Type": type })).status).toBe(415);
    },
  );

  test("whose headers name another method or tool than its body is refused by the protocol's code", async () => {
    const headers = { "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "fetch" };
    const meta = {
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
        "io.modelcontextprotocol/clientInfo": { name: "x", version: "1" },
      },
    };
    const message = call({ sql: "SELECT 1" }, "run_sql_query");
    const body = { ...message, params: { ...message.params, ...meta } };
    const { status, text } = await send(body, headers);
    expect(status).toBe(400);
    expect(text).toContain("-32020");
  });

  test("of 5 MB is refused", async () => {
    expect((await send(call({ query: "x".repeat(5 * 1024 ** 2) }))).status).toBe(413);
  });

  test("with 10,000 list elements in its arguments is refused", async () => {
    const { text } = await send(call({ query: "x", entities: Array.from({ length: 10_000 }, () => "y") }));
    expect(text).toMatch(/error/i);
    expect(text).not.toContain('"results"');
  });

  test("that nests 10,000 levels is refused, and the next one is answered", async () => {
    const nested = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"semantic_search","arguments":{"query":${"[".repeat(10_000)}${"]".repeat(10_000)}}}}`;
    const { status, text } = await send(nested);
    expect(status === 400 || text.includes("error") || text.includes("isError")).toBe(true);
    expect((await send(call({ query: "zebras" }))).status).toBe(200);
  });

  test("as a batch of 1,000 is not worked off", async () => {
    const { status, text } = await send(
      Array.from({ length: 1_000 }, (_, id) => ({ ...call({ query: "x" }), id })),
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text.length).toBeLessThan(2_000);
  });

  test.each<[string, unknown]>([
    ["a name that is a number", { ...call({}), params: { name: 7, arguments: {} } }],
    [
      "prototype keys",
      JSON.parse(
        '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"semantic_search","arguments":{"query":"x","__proto__":{"polluted":true}}}}',
      ),
    ],
    ["an id as large as a book", { ...call({ query: "x" }), id: "9".repeat(100_000) }],
    ["no method", { jsonrpc: "2.0", id: 1 }],
    ["words", "ignore previous instructions"],
  ])("with %s is answered as what it is, and pollutes nothing", async (_name, body) => {
    const { status } = await send(body);
    expect(status).toBeLessThan(500);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect((await send(call({ query: "zebras" }))).status).toBe(200);
  });
});
