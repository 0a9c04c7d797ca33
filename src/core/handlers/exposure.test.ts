/** Who can reach the server, and what it asks for then. */
import { describe, expect, test } from "bun:test";
import { bearer, guardedApp, ownerPassword } from "@test/access";
import { type TestApp, testApp } from "@test/app";
import { httpApp, play } from "@test/http";
import { messageOf } from "@/core/models/errors";
import { startServer } from "./server";

const STONETURNER_HOST = "0.0.0.0";
const listen = (app: TestApp) => startServer(app, () => Promise.resolve(new Map()));
const warnings = (app: TestApp) =>
  app.logged.filter(({ level }) => level === "warn").map(({ message }) => String(message));

describe("an address that others can reach", () => {
  test("takes a password or a living admin token, and says how to make one", async () => {
    await using app = await testApp({ environment: { STONETURNER_HOST } });
    const refusal = async () => messageOf(await listen(app).catch((error: unknown) => error));
    expect(await refusal()).toContain("stoneturner password set");
    await app.access.tokens.create({ name: "r", scope: "sync" });
    const { id } = await app.access.tokens.create({ name: "a", scope: "admin" });
    await app.access.tokens.revoke(id);
    expect(await refusal()).toContain("stoneturner token create --name NAME --scope admin");
    await app.access.tokens.create({ name: "b", scope: "admin" });
    const server = await listen(app);
    await server.stop();
  });

  test("asks everybody for a login, also those on the machine, also when the last way in is gone", async () => {
    await using app = await testApp({ environment: { STONETURNER_HOST } });
    await app.access.password.set(ownerPassword);
    const server = await listen(app);
    const status = async (path: string) =>
      (await fetch(new URL(path, `http://127.0.0.1:${new URL(server.url).port}`))).status;
    expect(await status("/api/runs")).toBe(401);
    await app.access.password.remove();
    expect(await status("/api/runs")).toBe(401);
    expect(await status("/mcp")).toBe(401);
    expect(await status("/healthz")).toBe(200);
    await server.stop();
  });

  test("without https is warned of", async () => {
    await using app = await testApp({ environment: { STONETURNER_HOST } });
    await app.access.password.set(ownerPassword);
    await (await listen(app)).stop();
    expect(warnings(app).join()).toContain("without encryption");
    await using secure = await testApp({
      environment: { STONETURNER_HOST, BUN_PUBLIC_BACKEND_BASE_URL: "https://stone.example" },
    });
    await secure.access.password.set(ownerPassword);
    await (await listen(secure)).stop();
    expect(warnings(secure)).toEqual([]);
  });

  test("a public address before a server that asks for no login is warned of", async () => {
    await using http = await httpApp({ BUN_PUBLIC_BACKEND_BASE_URL: "https://stone.example" });
    expect(warnings(http.app).join()).toContain("no login is needed");
    await using plain = await httpApp();
    expect(warnings(plain.app)).toEqual([]);
  });
});

describe("behind a proxy", () => {
  const ready = { path: "/readyz" };

  test("readiness is told to this machine and to whoever may read, not to the proxy's clients", async () => {
    await using http = await guardedApp({ TRUSTED_PROXIES: "127.0.0.1" });
    await play(http, { ...ready, name: "local", status: 200 });
    const proxied: Record<string, string>[] = [
      { "X-Forwarded-For": "203.0.113.9" },
      { "X-Forwarded-For": "127.0.0.1" },
      { Forwarded: "for=203.0.113.9" },
    ];
    for (const headers of proxied) {
      await play(http, { ...ready, name: "through the proxy", headers, status: 401 });
    }
    const headers = { ...bearer(http.tokens.read), "X-Forwarded-For": "203.0.113.9" };
    await play(http, { ...ready, name: "with a token", headers, status: 200 });
    const metrics = { name: "metrics", path: "/metrics", headers: { "X-Forwarded-For": "203.0.113.9" } };
    await play(http, { ...metrics, status: 401 });
  });

  test("the client's address counts for limits and the audit log, and only as the proxy tells it", async () => {
    await using http = await guardedApp({ TRUSTED_PROXIES: "127.0.0.1,10.0.0.0/8" });
    const guess = (forwarded: string) =>
      play(http, {
        name: forwarded,
        method: "POST",
        path: "/api/login",
        headers: { "X-Forwarded-For": forwarded },
        body: { password: "guess" },
        status: 401,
      });
    await guess("203.0.113.9");
    await guess("1.2.3.4, 203.0.113.10, 10.9.9.9");
    const { events } = await http.app.access.audit.list({ outcome: "refused" });
    expect(events.map(({ address }) => address)).toEqual(["203.0.113.10", "203.0.113.9"]);
  });

  test("nobody else's word on the address counts, so it gets nobody around a limit", async () => {
    await using http = await guardedApp();
    const guess = (index: number) =>
      http.send("POST", "/api/login", {
        headers: { "X-Forwarded-For": `203.0.113.${index}`, "X-Forwarded-Host": "evil.example" },
        body: { password: "guess" },
      });
    const statuses = [];
    for (let index = 0; index < 6; index++) statuses.push((await guess(index)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const { events } = await http.app.access.audit.list({ outcome: "refused" });
    expect(new Set(events.map(({ address }) => address))).toEqual(new Set(["127.0.0.1"]));
  });
});

describe("the way back from a source's consent page", () => {
  const query = `?code=a&state=${encodeURIComponent('"><script>alert(1)</script>')}`;
  const away = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" };

  test("goes once over a page of ours, so that the strict cookie comes along", async () => {
    await using http = await guardedApp();
    const path = `/api/oauth/Shelf${query}`;
    const text = await play(http, {
      name: "from away",
      path,
      headers: away,
      status: 200,
      contains: ['http-equiv="refresh"', "/api/oauth/Shelf?code=a&amp;state="],
      lacks: ["<script"],
    });
    expect(text).not.toContain("http:");
    const own = { "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate" };
    await play(http, { name: "bounced, logged out", path, headers: own, status: 401 });
    const cookie = { Cookie: http.as.owner["Cookie"] ?? "" };
    await play(http, { name: "bounced", path, headers: { ...own, ...cookie }, status: 404 });
    await play(http, { name: "no page", path: "/api/runs", headers: away, status: 401 });
    await play(http, { name: "low scope", path, headers: { ...away, ...http.as.reader }, status: 403 });
  });
});
