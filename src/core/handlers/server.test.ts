import { describe, expect, test } from "bun:test";
import { testApp, type TestApp } from "@test/app";
import { httpApp, play } from "@test/http";
import { ConfigError, messageOf } from "@/core/models/errors";
import { sleep } from "@/lib/retry";
import { startServer } from "./server";

const noClient = () => Promise.resolve(new Map());

async function refusal(app: TestApp): Promise<string> {
  const error: unknown = await startServer(app, noClient).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return messageOf(error);
}

const asked = (host: string) => ({ name: host, path: "/healthz", headers: { Host: host } });

describe("the server", () => {
  test.each(["0.0.0.0", "::", "192.168.0.7", "stoneturner.example.com", "127.0.0.1.nip.io"])(
    "refuses to listen on %s, which others could reach, while nobody could log in",
    async (host) => {
      await using app = await testApp({ environment: { STONETURNER_HOST: host } });
      expect(await refusal(app)).toContain("stoneturner password set");
    },
  );

  test.each(["127.0.0.1", "localhost", "127.0.0.2"])("listens on %s and answers to it", async (host) => {
    await using http = await httpApp({ STONETURNER_HOST: host });
    expect(http.url).toBe(`http://${host}:${http.port}`);
    await play(http, { name: "health", path: "/healthz", status: 200, contains: ['{"status":"ok"}'] });
    await play(http, { name: "own page", path: "/healthz", headers: { Origin: http.url }, status: 200 });
  });

  test("says which port is taken and how to choose another", async () => {
    const holder = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
    await using app = await testApp({ environment: { PORT: String(holder.port) } });
    const message = await refusal(app);
    holder.stop(true);
    expect(message).toContain(`Port ${holder.port} on 127.0.0.1`);
    expect(message).toContain("another program is using it");
    expect(message).toContain("set PORT");
  });

  test("refuses a port that another server of its kind has", async () => {
    await using first = await httpApp();
    await using app = await testApp({ environment: { PORT: String(first.port) } });
    expect(await refusal(app)).toContain(`Port ${first.port} on 127.0.0.1`);
  });

  test("answers to the host of its public URL as well", async () => {
    await using http = await httpApp({ BUN_PUBLIC_BACKEND_BASE_URL: "https://stoneturner.example.com" });
    await play(http, { ...asked("stoneturner.example.com"), status: 200 });
    await play(http, { ...asked("stoneturner.example.com:443"), status: 200 });
    await play(http, { ...asked("stoneturner.example.com:80"), status: 403 });
    const page = { Origin: "https://stoneturner.example.com" };
    await play(http, { name: "its page", path: "/healthz", headers: page, status: 200 });
  });

  test("is not ready once its database is gone, but alive", async () => {
    await using http = await httpApp();
    await play(http, { name: "ready", path: "/readyz", status: 200, contains: ["ok"] });
    await http.app.close();
    const lacks = [http.app.folder, "database is", "SQL"];
    await play(http, { name: "ready", path: "/readyz", status: 503, contains: ["transient"], lacks });
    await play(http, { name: "alive", path: "/healthz", status: 200 });
  });

  test("stops in seconds although a request is under way, and twice is once", async () => {
    await using http = await httpApp();
    const slow = http.shelf.integration;
    slow.handleRedirect = () => Promise.withResolvers<void>().promise;
    const request = http.send("GET", "/api/oauth/Shelf").catch(() => "cut");
    await sleep(50);
    await Promise.all([http.stop(), http.stop()]);
    expect(await request).toBe("cut");
    expect(await http.send("GET", "/healthz").catch(() => "closed")).toBe("closed");
  });

  test("speaks MCP at /mcp", async () => {
    await using http = await httpApp();
    const headers = { Accept: "application/json, text/event-stream" };
    const body = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    const contains = ["semantic_search"];
    await play(http, { name: "tools", method: "POST", path: "/mcp", headers, body, status: 200, contains });
  });
});

describe("/api/oauth", () => {
  test("hands the redirect to the integration, and goes on to the page when it answers nothing", async () => {
    await using http = await httpApp();
    const seen: string[] = [];
    http.shelf.integration.handleRedirect = async (request, _db, context) => {
      seen.push(`${new URL(request.url).search} ${context.integration} ${context.account}`);
    };
    const redirect = { name: "redirect", path: "/api/oauth/shelf?code=1&state=2", status: 303 };
    await play(http, { ...redirect, answerHeaders: { location: "/" } });
    expect(seen).toEqual(["?code=1&state=2 Shelf default"]);
    http.shelf.integration.handleRedirect = async () => new Response("done", { status: 200 });
    await play(http, {
      ...redirect,
      status: 200,
      contains: ["done"],
      answerHeaders: { "x-frame-options": "DENY" },
    });
  });
});
