import { describe, expect, test } from "bun:test";
import { Hono } from "hono";
import { guardedApp } from "@test/access";
import type { Caller } from "@/core/models/access";
import { silentLogger } from "@/core/services/logger";
import { answerError } from "./errors";
import { rateLimit } from "./rate-limit";
import type { HttpEnv } from "./request-log";

function limited(perMinute: number, callers?: number) {
  const clock = { now: 0 };
  const app = new Hono<HttpEnv>()
    .use(async (c, next) => {
      const [kind = "token", actor = "a"] = c.req.path.slice(1).split("-");
      if (kind !== "guest") c.set("caller", { kind, scope: "read", actor } as Caller);
      await next();
    })
    .use(rateLimit({ perMinute, now: () => clock.now, ...(callers === undefined ? {} : { callers }) }))
    .all("*", (c) => c.text("ok"));
  app.onError((error, c) => answerError(error, c, silentLogger));
  const ask = async (who: string, times: number) => {
    const statuses = [];
    for (let index = 0; index < times; index++) statuses.push((await app.request(`/${who}`)).status);
    return { ok: statuses.filter((status) => status === 200).length, last: statuses.at(-1) };
  };
  return { app, ask, clock };
}

describe("one token", () => {
  test("may ask a quarter of a minute's requests at once, and goes on at an even pace", async () => {
    const { ask, clock } = limited(60);
    expect(await ask("token-a", 40)).toEqual({ ok: 15, last: 429 });
    clock.now += 2_000;
    expect((await ask("token-a", 10)).ok).toBe(2);
    clock.now += 3_600_000;
    expect((await ask("token-a", 40)).ok).toBe(15);
  });

  test("is told how long to wait", async () => {
    const { app, ask } = limited(6);
    await ask("token-a", 2);
    const answer = await app.request("/token-a");
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("Retry-After"))).toBeWithin(1, 11);
  });

  test("does not slow down another one, nor whoever needs no login", async () => {
    const { ask } = limited(4);
    expect((await ask("token-a", 5)).ok).toBe(1);
    expect((await ask("token-b", 1)).ok).toBe(1);
    expect((await ask("local-x", 20)).ok).toBe(20);
    expect((await ask("guest-x", 20)).ok).toBe(20);
  });

  test("is remembered within bounds", async () => {
    const { ask } = limited(4, 2);
    for (const who of ["token-a", "token-b", "token-c"]) await ask(who, 1);
    expect((await ask("token-c", 1)).ok).toBe(0);
    expect((await ask("token-a", 1)).ok).toBe(1);
  });
});

test("a flood over MCP or the API is refused with one token, while others go on", async () => {
  await using http = await guardedApp({ RATE_LIMIT: "40" });
  const ask = async (headers: Record<string, string>) =>
    (await http.send("POST", "/mcp", { headers, body: { jsonrpc: "2.0", id: 1, method: "ping" } })).status;
  const statuses = await Promise.all(Array.from({ length: 30 }, () => ask(http.as.reader)));
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  expect((await http.send("GET", "/api/runs", { headers: http.as.reader })).status).toBe(429);
  expect((await http.send("GET", "/api/runs", { headers: http.as.syncer })).status).toBe(200);
  expect((await http.send("GET", "/healthz")).status).toBe(200);
});
