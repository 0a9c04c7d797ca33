import { describe, expect, test } from "bun:test";
import { Hono } from "hono";
import { securityHeaders } from "./security-headers";

const app = new Hono()
  .use(securityHeaders())
  .get("/", (c) => c.text("in"))
  .get("/kept", (c) => c.text("in", 200, { "Cache-Control": "max-age=60" }))
  .get("/broken", () => {
    throw new Error("broken");
  })
  .onError((_error, c) => c.text("sorry", 500));

describe("security headers", () => {
  test.each(["/", "/broken", "/missing"])("are on the answer of %s", async (path) => {
    const { headers } = await app.request(path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
  });

  test("let pages use our own files only, with nothing inline and no frame around them", async () => {
    const policy = (await app.request("/")).headers.get("content-security-policy") ?? "";
    const directives = new Map(
      policy.split("; ").map((text) => [text.split(" ")[0], text.split(" ").slice(1)]),
    );
    expect(directives.get("default-src")).toEqual(["'self'"]);
    expect(directives.get("script-src")).toEqual(["'self'"]);
    expect(directives.get("img-src")).toEqual(["'self'", "data:"]);
    expect(directives.get("frame-ancestors")).toEqual(["'none'"]);
    expect(policy).not.toContain("unsafe");
  });

  test("keep answers out of caches unless the route says otherwise", async () => {
    expect((await app.request("/")).headers.get("cache-control")).toBe("no-store");
    expect((await app.request("/kept")).headers.get("cache-control")).toBe("max-age=60");
  });
});
