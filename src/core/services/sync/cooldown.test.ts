import { describe, expect, test } from "bun:test";
import { syncRun } from "@/core/db/schema";
import { httpApp } from "@test/http";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

describe("a source", () => {
  test("is not read whole again and again over HTTP or MCP; changes and schedules go on", async () => {
    await using http = await httpApp();
    const { runner } = http.app;
    for (let times = 0; times < 30; times++) {
      const [run] = await runner.start({ integration: "Shelf", mode: "full", trigger: "schedule" });
      await runner.wait(run?.runId ?? "");
    }
    const refused = await http.send("POST", "/api/sync/shelf");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(3_000);
    expect(await refused.text()).toContain("incremental sync");
    // It would be a full one.
    const body = { confirmDeletions: true };
    expect((await http.send("POST", "/api/sync/updates/shelf", { body })).status).toBe(429);
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", http.url)));
    const call = { name: "sync_source", arguments: { integration: "shelf", mode: "full" } };
    const answer = await client.callTool(call);
    await client.close();
    expect(answer).toMatchObject({ isError: true });
    expect(JSON.stringify(answer)).toContain("read whole 30 times");
    expect((await http.send("POST", "/api/sync/updates/shelf")).status).toBe(202);
    const [scheduled] = await runner.start({ integration: "Shelf", mode: "full", trigger: "schedule" });
    await runner.wait(scheduled?.runId ?? "");
    // The clock was a day ahead when all of them began.
    const createdAt = new Date(Date.now() + 86_400_000).toISOString();
    await http.app.db.update(syncRun).set({ createdAt });
    expect((await http.send("POST", "/api/sync/shelf")).status).toBe(202);
  });

  test("of many accounts may be read whole more often than one account", async () => {
    await using http = await httpApp();
    const { runner, db } = http.app;
    const [run] = await runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
    const read = await runner.wait(run?.runId ?? "");
    const others = Array.from({ length: 40 }, (_, index) => ({
      ...read,
      id: `r${index}`,
      account: `a${index}`,
    }));
    await db.insert(syncRun).values(others.map((other) => ({ ...other, confirmDeletions: false })));
    expect((await http.send("POST", "/api/sync/shelf")).status).toBe(202);
    await db.update(syncRun).set({ account: "busy" });
    expect((await http.send("POST", "/api/sync/shelf")).status).toBe(429);
    expect((await http.send("POST", "/api/sync/shelf", { body: { account: read.account } })).status).toBe(
      202,
    );
  });
});
