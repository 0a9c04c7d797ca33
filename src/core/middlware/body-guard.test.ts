import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { Hono } from "hono";
import { bodyGuard, nestingOf } from "./body-guard";

const app = new Hono()
  .use(bodyGuard({ bytes: 100, mcpBytes: 200, depth: 4 }))
  .all("*", async (c) => c.json({ type: c.req.header("content-type") ?? null, text: await c.req.text() }));

interface Sent {
  method?: string;
  type?: string;
  body?: string;
  /** Send in pieces, without a length. */
  inPieces?: boolean;
}

async function send(path: string, { method = "POST", type = "application/json", body, inPieces }: Sent) {
  const stream = inPieces === true ? new Blob([body ?? ""]).stream() : body;
  const headers = new Headers(type === "" ? {} : { "Content-Type": type });
  if (inPieces !== true && body !== undefined) headers.set("Content-Length", String(body.length));
  return app.request(path, { method, headers, ...(stream === undefined ? {} : { body: stream }) });
}

describe("the body guard", () => {
  const cases: [string, string, Sent, number][] = [
    ["a small body", "/api/x", { body: "{}" }, 200],
    ["a charset", "/api/x", { body: "{}", type: "Application/JSON; charset=utf-8" }, 200],
    ["a body of the largest size", "/api/x", { body: `"${"x".repeat(98)}"` }, 200],
    ["one byte more", "/api/x", { body: `"${"x".repeat(99)}"` }, 413],
    ["the same in pieces", "/api/x", { body: `"${"x".repeat(99)}"`, inPieces: true }, 413],
    ["a small one in pieces", "/api/x", { body: '{"a":1}', inPieces: true }, 200],
    ["a larger message for MCP", "/mcp", { body: "x".repeat(200) }, 200],
    ["too large a message for MCP", "/mcp", { body: "x".repeat(201), inPieces: true }, 413],
    ["text", "/api/x", { body: "{}", type: "text/plain" }, 415],
    ["a form", "/api/x", { body: "a=b", type: "application/x-www-form-urlencoded" }, 415],
    ["JSON of another kind", "/api/x", { body: "{}", type: "application/jsonp" }, 415],
    ["no type", "/api/x", { body: "{}", type: "" }, 415],
    ["text outside of the API", "/mcp", { body: "{}", type: "text/plain" }, 200],
    ["JSON of the largest depth", "/api/x", { body: "[[[[]]]]" }, 200],
    ["deeper JSON", "/api/x", { body: "[[[[[]]]]]" }, 400],
    ["brackets in a string", "/api/x", { body: '"[[[[[\\"[[[[["' }, 200],
  ];
  test.each(cases)("answers %s at %s", async (_name, path, sent, status) => {
    expect((await send(path, sent)).status).toBe(status);
  });

  test("hands the body on as it was", async () => {
    for (const inPieces of [false, true]) {
      const answer: unknown = await (await send("/api/x", { body: '{"a":"ä"}', inPieces })).json();
      expect(answer).toEqual({ type: "application/json", text: '{"a":"ä"}' });
    }
  });

  test("takes a declared type with nothing in it for no body", async () => {
    expect(await (await send("/api/x", { body: "" })).json()).toEqual({ type: null, text: "" });
  });

  test("leaves reads alone", async () => {
    expect((await send("/api/x", { method: "GET", type: "text/plain" })).status).toBe(200);
  });
});

describe("nesting", () => {
  test("is the depth of the value, whatever its strings hold", () => {
    const depthOf = (value: unknown): number =>
      value !== null && typeof value === "object" ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(nestingOf(JSON.stringify(value), 100)).toBe(depthOf(value));
      }),
    );
  });

  test("stops counting beyond its limit", () => {
    expect(nestingOf("[".repeat(1_000_000), 64)).toBe(65);
  });
});
