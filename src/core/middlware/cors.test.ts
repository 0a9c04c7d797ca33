import { describe, expect, test } from "bun:test";
import { Hono } from "hono";
import { addressesOf } from "./addresses";
import { cors } from "./cors";

const page = "http://localhost:5173";
const addresses = addressesOf(
  { host: "127.0.0.1", publicUrl: "http://127.0.0.1:9000", allowedOrigins: [page] },
  9000,
);
const app = new Hono().use(cors(() => addresses)).get("/", (c) => c.text("in", 200, { Vary: "Accept" }));

describe("cross-origin answers", () => {
  test("are readable for the configured page, with no cookies and no wildcard", async () => {
    const { headers } = await app.request("/", { headers: { Origin: page } });
    expect(headers.get("access-control-allow-origin")).toBe(page);
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.get("vary")).toBe("Accept, Origin");
  });

  test("answer the configured page's preflight without asking any handler", async () => {
    const headers = { Origin: page, "Access-Control-Request-Method": "DELETE" };
    const response = await app.request("/", { method: "OPTIONS", headers });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-methods")).toBe("GET, POST, PUT, DELETE");
    expect(response.headers.get("access-control-allow-headers")).toContain("mcp-protocol-version");
  });

  test.each([undefined, "http://localhost:9000", "https://evil.com", "null"])(
    "say nothing to %p",
    async (origin) => {
      const headers = new Headers(origin === undefined ? {} : { Origin: origin });
      for (const method of ["GET", "OPTIONS"]) {
        headers.set("Access-Control-Request-Method", "POST");
        const response = await app.request("/", { method, headers });
        expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      }
    },
  );

  test("leave OPTIONS that is no preflight to the routes", async () => {
    expect((await app.request("/", { method: "OPTIONS", headers: { Origin: page } })).status).toBe(404);
  });
});
