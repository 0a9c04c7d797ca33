/** What strangers may try over HTTP, against the real server. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { canaries, type HttpApp, httpApp, play, type Scenario, sendRaw } from "@test/http";

let http: HttpApp;
beforeAll(async () => {
  http = await httpApp({ FRONTEND_BASE_URL: "http://localhost:5173" });
});
afterAll(() => http[Symbol.asyncDispose]());

const healthz = (headers: Record<string, string>) => ({ path: "/healthz", headers });
const preflight = {
  "Access-Control-Request-Method": "POST",
  "Access-Control-Request-Headers": "content-type",
};
const json = { "Content-Type": "application/json" };
const nested = (depth: number) => `{"query":${"[".repeat(depth)}${"]".repeat(depth)}}`;

const foreignHosts = [
  "evil.com",
  "localhost.evil.com",
  "127.0.0.1.nip.io",
  "0.0.0.0",
  "localhost",
  "localhost:1",
];
const foreignOrigins = [
  "https://evil.com",
  "null",
  "file://",
  "chrome-extension://abc",
  "http://localhost:1",
  "http://127.0.0.1",
  "http://localhost.evil.com:5173",
  "https://localhost:5173",
];

const scenarios: Scenario[] = [
  ...foreignHosts.map((host) => ({
    name: `host ${host} is refused`,
    ...healthz({ Host: host }),
    status: 403,
    contains: ["forbidden"],
  })),
  ...foreignOrigins.map((origin) => ({
    name: `origin ${origin} is refused`,
    method: "POST",
    path: "/mcp",
    headers: { Origin: origin, ...json },
    body: "{}",
    status: 403,
    answerHeaders: { "access-control-allow-origin": null },
  })),
  {
    name: "a forwarded host changes nothing",
    ...healthz({ "X-Forwarded-Host": "evil.com", "X-Forwarded-For": "1.2.3.4" }),
    status: 200,
  },
  {
    name: "the configured page may call, and is told so",
    ...healthz({ Origin: "http://localhost:5173" }),
    status: 200,
    answerHeaders: {
      "access-control-allow-origin": "http://localhost:5173",
      vary: "Origin, Accept-Encoding",
    },
  },
  {
    name: "the configured page's preflight is answered",
    method: "OPTIONS",
    path: "/api/search",
    headers: { Origin: "http://localhost:5173", ...preflight },
    status: 204,
    answerHeaders: { "access-control-allow-origin": "http://localhost:5173" },
  },
  {
    name: "a foreign preflight is refused without a header",
    method: "OPTIONS",
    path: "/api/search",
    headers: { Origin: "https://evil.com", ...preflight },
    status: 403,
    answerHeaders: { "access-control-allow-origin": null },
  },
  ...[
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
  ].map((type) => ({
    name: `a body of ${type} is refused`,
    method: "POST",
    path: "/api/search",
    headers: { "Content-Type": type },
    body: '{"query":"x"}',
    status: 415,
  })),
  {
    name: "a body of another type is refused where none is taken",
    method: "POST",
    path: "/api/runs/x/cancel",
    headers: { "Content-Type": "text/plain" },
    body: "x",
    status: 415,
  },
  {
    name: "a body over 1 MiB is refused",
    method: "POST",
    path: "/api/search",
    body: { query: "x".repeat(1024 ** 2) },
    status: 413,
    contains: ["too_large"],
  },
  {
    name: "an MCP body of 5 MB is refused",
    method: "POST",
    path: "/mcp",
    body: "x".repeat(5_000_000),
    status: 413,
  },
  {
    name: "deep JSON is refused",
    method: "POST",
    path: "/api/search",
    headers: json,
    body: nested(400_000),
    status: 400,
  },
  {
    name: "rather deep JSON is refused",
    method: "POST",
    path: "/api/search",
    headers: json,
    body: nested(65),
    status: 400,
  },
  {
    name: "broken JSON is refused",
    method: "POST",
    path: "/api/search",
    headers: json,
    body: '{"query":',
    status: 400,
    contains: ["invalid_input", "JSON"],
  },
  {
    name: "prototype keys are fields like any other: unknown",
    method: "POST",
    path: "/api/search",
    headers: json,
    body: '{"query":"x","__proto__":{"admin":true},"constructor":1}',
    status: 400,
    contains: ["constructor"],
  },
  { name: "an unknown route under /api is JSON", path: "/api/nothing", status: 404, contains: ["not_found"] },
  {
    name: "an id that is a path is not found",
    path: "/api/artifact/..%2F..%2Fetc%2Fpasswd",
    status: 404,
    lacks: ["root:"],
  },
  { name: "an id with NUL is not found", path: "/api/artifact/a%00b", status: 404 },
  { name: "a broken escape is not found", path: "/api/artifact/%E0%A4%A", status: 404 },
  {
    name: "a wrong method says which is right",
    method: "PUT",
    path: "/api/search",
    status: 405,
    answerHeaders: { allow: "POST" },
  },
  {
    name: "a wrong method with parameters too",
    path: "/api/sync/updates/Shelf",
    status: 405,
    answerHeaders: { allow: "POST" },
  },
  {
    name: "the page takes no POST",
    method: "POST",
    path: "/",
    status: 405,
    answerHeaders: { allow: "GET, HEAD" },
  },
];

describe("a stranger's request", () => {
  test.each(scenarios)("$name", async (scenario) => {
    await play(http, scenario);
  });

  test("gets every security header, whatever it asks", async () => {
    for (const path of ["/", "/api/integrations", "/api/nothing", "/healthz", "/client-0a1b2c3d.js"]) {
      const { headers } = await http.send("GET", path);
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("content-security-policy")).not.toContain("unsafe");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(
      (await http.send("GET", "/healthz", { headers: { Host: "evil.com" } })).headers.get("x-frame-options"),
    ).toBe("DENY");
  });

  test.each([
    ["no host", "GET /healthz HTTP/1.0\r\n\r\n"],
    [
      "a user name in the host",
      "GET /healthz HTTP/1.1\r\nHost: localhost:PORT@evil.com\r\nConnection: close\r\n\r\n",
    ],
    [
      "two hosts",
      "GET /healthz HTTP/1.1\r\nHost: localhost:PORT\r\nHost: evil.com\r\nConnection: close\r\n\r\n",
    ],
    ["a host that is no host", "GET /healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"],
  ])("with %s is refused", async (_name, text) => {
    const answer = await sendRaw(http.port, text.replaceAll("PORT", String(http.port)));
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403) /);
  });

  test("cannot hide a large body by not saying how large it is", async () => {
    const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const head = `POST /api/search HTTP/1.1\r\nHost: localhost:${http.port}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(http.port, `${head}${chunk.repeat(20)}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    const small = `${head}11\r\n{"query":"zebra"}\r\n0\r\n\r\n`;
    expect(await sendRaw(http.port, small)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("learns nothing from an unexpected error but its id, which the log explains", async () => {
    const text = await play(http, {
      name: "crash",
      method: "POST",
      path: "/api/integrations",
      body: { integration: "Vault", apiKey: "crash" },
      status: 500,
      contains: ["internal"],
      lacks: ["SELECT", "/secret/place", "at "],
    });
    const requestId = /[0-9a-f-]{36}/.exec(text)?.[0];
    expect(
      http.app.logged.find((line) => line["requestId"] === requestId && line["level"] === "error"),
    ).toBeDefined();
  });

  test("leaves no query, body or header in the log", async () => {
    await http.send("GET", `/api/oauth/Vault?code=${canaries.pin}&state=x`, {
      headers: { Authorization: `Bearer ${canaries.apiKey}`, Cookie: `a=${canaries.apiKey}` },
    });
    const lines = http.app.logged.filter((line) => line["message"] === "Request.");
    expect(lines.length).toBeGreaterThan(10);
    for (const canary of Object.values(canaries)) expect(JSON.stringify(lines)).not.toContain(canary);
  });
});
