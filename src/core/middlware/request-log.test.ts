import { describe, expect, test } from "bun:test";
import { Hono } from "hono";
import { createLogger } from "@/core/services/logger";
import { type HttpEnv, requestLog } from "./request-log";

function setUp() {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger({ level: "debug", write: (line) => void lines.push(JSON.parse(line)) });
  const app = new Hono<HttpEnv>()
    .use(requestLog(log))
    .on(["GET", "POST"], "/good", (c) => c.text(c.get("requestId")));
  return { app, lines };
}

describe("the request log", () => {
  test("writes one line under the id that the answer carries", async () => {
    const { app, lines } = setUp();
    const response = await app.request("/good", { method: "POST" });
    const requestId = response.headers.get("x-request-id");
    expect(await response.text()).toBe(String(requestId));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: "info", requestId, method: "POST", path: "/good", status: 200 });
    expect(lines[0]?.["ms"]).toBeNumber();
  });

  test("is quiet about reads that went well", async () => {
    const { app, lines } = setUp();
    await app.request("/good");
    await app.request("/missing");
    expect(lines.map(({ level, status }) => [level, status])).toEqual([
      ["debug", 200],
      ["info", 404],
    ]);
  });

  test("holds no query, no header, no forged line and no endless path", async () => {
    const { app, lines } = setUp();
    const headers = { Authorization: "Bearer canary-header", "X-Request-Id": "canary-id" };
    await app.request(`/%0A%7B%22level%22:%22error%22%7D${"x".repeat(5_000)}?code=canary-query`, { headers });
    const text = JSON.stringify(lines);
    expect(lines).toHaveLength(1);
    expect(text).not.toContain("canary");
    expect(text.length).toBeLessThan(600);
  });
});
