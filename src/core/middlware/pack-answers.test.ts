import { describe, expect, test } from "bun:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { OpenAPIHono } from "@hono/zod-openapi";
import { packAnswers } from "./pack-answers";

const many = { accounts: Array.from({ length: 123 }, (_, at) => ({ account: `team-${at}@example.com` })) };
const text = JSON.stringify(many);
const started = Promise.withResolvers<void>();

const app = new OpenAPIHono()
  .use(packAnswers())
  .get("/many", (c) => c.json(many, 200, { "X-Kept": "yes", Vary: "Origin" }))
  .get("/few", (c) => c.json({ status: "ok" }))
  .get("/picture", (c) => c.body(text, 200, { "Content-Type": "image/png" }))
  .get("/packed", (c) => c.body(text, 200, { "Content-Type": "text/plain", "Content-Encoding": "zstd" }))
  .get("/none", (c) => c.body(null, 204))
  .get("/moved", (c) => c.redirect("/many"))
  .get("/failed", (c) => c.json(many, 500))
  .get("/events", () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`data: ${text}\n\n`));
        started.resolve();
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  })
  .post("/api/search", (c) => c.json(many))
  .post("/mcp", (c) => c.json(many))
  .post("/api/tokens", (c) => c.json({ ...many, token: "st_secret" }, 201));

/** The app behind a real server: what is sent is more than what a handler gives back. */
function served() {
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: app.fetch });
  return { url: server.url.origin, [Symbol.asyncDispose]: () => server.stop(true) };
}

/** What comes over the wire: `decompress: false` leaves it as it is. */
async function ask(path: string, accepted?: string, method = "GET") {
  await using server = served();
  const headers = { "Accept-Encoding": accepted ?? "identity" };
  const answer = await fetch(server.url + path, { method, headers, decompress: false, redirect: "manual" });
  return { answer, headers: answer.headers, status: answer.status, bytes: await answer.bytes() };
}

describe("an answer that reads", () => {
  test.each([
    ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
    ["gzip", "gzip", gunzipSync],
  ] as const)(
    "is packed for %p, with its length and all else it says",
    async (accepted, encoding, unpack) => {
      const { headers, bytes, status } = await ask("/many", accepted);
      expect([status, headers.get("content-encoding")]).toEqual([200, encoding]);
      expect(unpack(bytes).toString()).toBe(text);
      expect(bytes.length).toBeLessThan(text.length / 4);
      expect(headers.get("content-length")).toBe(String(bytes.length));
      expect(headers.get("content-type")).toBe("application/json");
      expect([headers.get("x-kept"), headers.get("vary")]).toEqual(["yes", "Origin, Accept-Encoding"]);
    },
  );

  test.each(["/many", "/failed", "/api/search", "/mcp"])("of %s too", async (path) => {
    const { headers } = await ask(path, "br", path.startsWith("/api") || path === "/mcp" ? "POST" : "GET");
    expect(headers.get("content-encoding")).toBe("br");
  });

  test("is sent as it is to who takes nothing else, and caches are told", async () => {
    const { headers, bytes } = await ask("/many");
    expect(headers.get("content-encoding")).toBeNull();
    expect(new TextDecoder().decode(bytes)).toBe(text);
    expect(headers.get("vary")).toBe("Origin, Accept-Encoding");
  });

  test("has the same head when only the head is asked for", async () => {
    const whole = await ask("/many", "gzip");
    const head = await ask("/many", "gzip", "HEAD");
    expect(head.bytes.length).toBe(0);
    for (const name of ["content-encoding", "content-length", "vary", "content-type"]) {
      expect(head.headers.get(name)).toBe(whole.headers.get(name));
    }
  });

  test("that is small comes as it is", async () => {
    const { headers, bytes } = await ask("/few", "br");
    expect(headers.get("content-encoding")).toBeNull();
    expect(new TextDecoder().decode(bytes)).toBe('{"status":"ok"}');
  });
});

describe("left as it comes", () => {
  test("is the answer to a change, which may hold a secret", async () => {
    const { headers, bytes } = await ask("/api/tokens", "br, gzip", "POST");
    expect([headers.get("content-encoding"), headers.get("vary")]).toEqual([null, null]);
    expect(new TextDecoder().decode(bytes)).toContain("st_secret");
  });

  test.each([
    ["/picture", 200, null],
    ["/packed", 200, "zstd"],
    ["/none", 204, null],
    ["/moved", 302, null],
  ] as const)("is %s", async (path, status, encoding) => {
    const { headers, status: answered } = await ask(path, "br, gzip");
    expect([answered, headers.get("content-encoding")]).toEqual([status, encoding]);
  });

  test("are events, one by one", async () => {
    await using server = served();
    const stop = new AbortController();
    const answer = await fetch(`${server.url}/events`, {
      headers: { "Accept-Encoding": "br" },
      signal: stop.signal,
    });
    await started.promise;
    const reader = answer.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(answer.headers.get("content-encoding")).toBeNull();
    expect(new TextDecoder().decode(value)).toStartWith("data: ");
    stop.abort();
  });
});
