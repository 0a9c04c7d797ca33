import { describe, expect, test } from "bun:test";
import { ItemError } from "@/core/models/errors";
import { syncRun } from "@/core/db/schema";
import { queueLength } from "@/core/services/index/embed-queue";
import { noteProblem, wantVersion } from "@/core/services/index/vector-versions";
import { type HttpApp, httpApp } from "@test/http";
import { syncShelf } from "@test/shelf-syncs";

/** The samples of `/metrics` by name and labels. */
async function scrape(http: HttpApp): Promise<Map<string, number>> {
  const response = await http.send("GET", "/metrics");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toStartWith("text/plain; version=");
  const lines = (await response.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

async function callTool(http: HttpApp, name: string, args: object): Promise<void> {
  const response = await http.send("POST", "/mcp", {
    headers: { Accept: "application/json, text/event-stream" },
    body: { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } },
  });
  await response.text();
}

describe("/metrics", () => {
  test("tells how syncs went, what they did, and that artifacts can be found", async () => {
    await using http = await httpApp();
    const before = Date.now() / 1000;
    http.shelf.beforeRender = (key) => {
      if (key === "c") throw new ItemError("Not today.");
    };
    await syncShelf(http.app);
    await syncShelf(http.app);
    const samples = await scrape(http);
    expect(samples.get('stoneturner_sync_runs_total{source="Shelf",outcome="succeeded"}')).toBe(2);
    expect(samples.get('stoneturner_sync_runs_total{source="Shelf",outcome="failed"}')).toBe(0);
    expect(samples.get('stoneturner_sync_items_total{source="Shelf",action="insert"}')).toBe(2);
    expect(samples.get('stoneturner_sync_items_total{source="Shelf",action="keep"}')).toBeGreaterThanOrEqual(
      2,
    );
    expect(samples.get('stoneturner_sync_items_total{source="Shelf",action="fail"}')).toBeGreaterThan(0);
    const last = samples.get('stoneturner_sync_last_success_timestamp_seconds{source="Shelf"}') ?? 0;
    expect(last).toBeGreaterThanOrEqual(Math.floor(before));
    expect(samples.get('stoneturner_enrich_artifacts{outcome="offline"}')).toBe(2);
    expect(samples.get("stoneturner_index_waiting_artifacts")).toBe(0);
    expect(samples.get("stoneturner_sync_queue_depth")).toBe(0);
    expect(samples.get("stoneturner_sync_oldest_pending_seconds")).toBe(0);
  });

  test("tells how long the oldest waiting sync has waited", async () => {
    await using http = await httpApp();
    await syncShelf(http.app);
    const createdAt = new Date(Date.now() - 3_600_000).toISOString();
    await http.app.db.update(syncRun).set({ state: "parked", createdAt });
    const samples = await scrape(http);
    expect(samples.get("stoneturner_sync_queue_depth")).toBe(1);
    expect(samples.get("stoneturner_sync_oldest_pending_seconds")).toBeWithin(3_600, 3_700);
  });

  test("measures searches and tool calls of this process, however they are asked for", async () => {
    await using http = await httpApp();
    await syncShelf(http.app);
    await http.send("POST", "/api/search", { body: { query: "zebras" } });
    await http.send("POST", "/api/search", { body: { query: "zebras", integration: "nosuch" } });
    await callTool(http, "semantic_search", { query: "zebras" });
    await callTool(http, "run_sql_query", { query: "DROP TABLE mdArtifacts" });
    await callTool(http, "made_up_by_a_stranger", {});
    const samples = await scrape(http);
    expect(samples.get('stoneturner_searches_total{outcome="ok"}')).toBe(2);
    expect(samples.get('stoneturner_searches_total{outcome="error"}')).toBe(1);
    expect(samples.get('stoneturner_search_seconds_count{stage="total"}')).toBe(2);
    const calls = [...samples].filter(([name]) => name.startsWith("stoneturner_mcp_calls_total"));
    expect(Object.fromEntries(calls)).toEqual({
      'stoneturner_mcp_calls_total{tool="semantic_search",outcome="ok"}': 1,
      'stoneturner_mcp_calls_total{tool="run_sql_query",outcome="error"}': 1,
      'stoneturner_mcp_calls_total{tool="unknown",outcome="error"}': 1,
    });
  });

  test("tells how far another embedding model has come, and that it is in trouble", async () => {
    await using http = await httpApp();
    await syncShelf(http.app);
    const { db } = http.app;
    const before = await scrape(http);
    expect(before.get('stoneturner_vectors{state="active"}')).toBeGreaterThan(0);
    expect(before.get("stoneturner_vector_build_remaining_artifacts")).toBe(0);
    expect(before.get("stoneturner_vector_problem")).toBe(0);
    const other = { id: "other@1", dimension: 8 };
    await wantVersion(db, other);
    await noteProblem(db, other.id, "The key was refused.");
    const after = await scrape(http);
    expect(after.get('stoneturner_vectors{state="building"}')).toBe(0);
    const waiting = after.get("stoneturner_vector_build_remaining_artifacts") ?? 0;
    expect(waiting).toBe(await queueLength(db));
    expect(waiting).toBeGreaterThan(0);
    expect(after.get("stoneturner_vector_problem")).toBe(1);
    expect([...after.keys()].join()).not.toContain(other.id);
  });

  test("tells about the machine, and never an id, an account or a text", async () => {
    await using http = await httpApp();
    await syncShelf(http.app);
    const samples = await scrape(http);
    for (const name of ["db_bytes", "wal_bytes", "disk_free_bytes", "process_rss_bytes"]) {
      expect(samples.get(`stoneturner_${name}`)).toBeGreaterThan(0);
    }
    const labels = [...samples.keys()].flatMap((name) => [...name.matchAll(/(\w+)="/g)].map((m) => m[1]));
    expect(new Set(labels)).toEqual(new Set(["source", "outcome", "action", "state", "use"]));
    expect([...samples.keys()].every((name) => name.startsWith("stoneturner_"))).toBe(true);
  });
});
