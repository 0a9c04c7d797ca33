/** What the web page asks beside the contract: overview, passages, related artifacts, tasks of a run, the system. */
import { createHttpClient } from "@/core/services/http/client";
import { keepingLogger, provider } from "@test/provider";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  artifactsAnswerSchema,
  passagesAnswerSchema,
  relatedAnswerSchema,
  runTasksAnswerSchema,
} from "@/core/models/api";
import { overviewSchema } from "@/core/models/overview";
import {
  doctorAnswerSchema,
  logsAnswerSchema,
  mcpCallsAnswerSchema,
  providerRequestsAnswerSchema,
  systemSchema,
} from "@/core/models/system";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { httpApp, type HttpApp } from "@test/http";

let http: HttpApp;
let runId = "";

beforeAll(async () => {
  http = await httpApp();
  http.shelf.beforeRender = (key) => {
    if (key === "c") throw new Error("the shelf is locked");
  };
  const [run] = await http.app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
  runId = run?.runId ?? "";
  await http.app.runner.wait(runId);
});
afterAll(() => http[Symbol.asyncDispose]());

const get = async (path: string) => (await http.send("GET", path)).json();

describe("all artifacts", () => {
  test("come over every integration, sorted, and cut to one shape", async () => {
    const all = artifactsAnswerSchema.parse(await get("/api/artifacts?sortBy=title&sortOrder=asc"));
    expect([all.total, ...all.artifacts.map(({ title }) => title)]).toEqual([2, "Note a", "Note b"]);
    expect(artifactsAnswerSchema.parse(await get("/api/artifacts?kind=code")).total).toBe(0);
    expect((await http.send("GET", "/api/artifacts?kind=poem")).status).toBe(400);
  });
});

describe("one artifact", () => {
  test("shows the passages that search looks at, with lines and models", async () => {
    const { indexed, passages } = passagesAnswerSchema.parse(await get("/api/artifact/shelf%2Fa/passages"));
    expect(indexed).toBe(true);
    expect(passages[0]).toMatchObject({ ordinal: 0, startLine: 1 });
    expect(passages.map(({ text }) => text).join("\n")).toContain("Zebras cross the road");
    expect((await http.send("GET", "/api/artifact/nosuch/passages")).status).toBe(404);
  });

  test("names others that read alike, never itself", async () => {
    const { related } = relatedAnswerSchema.parse(await get("/api/artifact/shelf%2Fa/related"));
    expect(related.map(({ title }) => title)).toEqual(["Note b"]);
  });
});

test("a run's tasks come with its steps, in pages, also the failed ones alone", async () => {
  const answer = runTasksAnswerSchema.parse(await get(`/api/runs/${runId}/tasks?limit=1`));
  expect(answer.syncTasks).toHaveLength(1);
  expect(answer.total).toBeGreaterThan(1);
  expect(answer.steps.reduce((sum, step) => sum + step.tasks, 0)).toBe(answer.total);
  const failed = runTasksAnswerSchema.parse(await get(`/api/runs/${runId}/tasks?status=FAILED`));
  expect(failed.syncTasks.map(({ error }) => error).join()).toContain("shelf is locked");
  expect(failed.total).toBe(1);
});

test("the overview counts what is stored, what waits and what failed", async () => {
  const overview = overviewSchema.parse(await get("/api/overview"));
  expect(overview).toMatchObject({ artifacts: 2, waiting: 0, queue: { running: 0, failedItems: 1 } });
  expect(overview.days).toHaveLength(30);
  expect(overview.days.at(-1)).toMatchObject({ inserted: 2, total: 2 });
  expect(overview.failures).toHaveLength(1);
  expect(overview.bytes.database).toBeGreaterThan(0);
});

describe("the installation", () => {
  test("says where it is and what it runs with", async () => {
    const system = systemSchema.parse(await get("/api/system"));
    expect(system).toMatchObject({ home: http.app.folder, insightsModel: null, key: "file" });
    expect(system.vectorIndex).toEqual({
      model: inlineEmbedder.id,
      building: null,
      waiting: 0,
      problem: null,
    });
    expect(system.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("shows the log lines of one run", async () => {
    const { lines } = logsAnswerSchema.parse(await get(`/api/logs?runId=${runId}`));
    expect(lines.map(({ message }) => message)).toContain("Sync succeeded.");
    expect(lines.every((line) => line.runId === runId)).toBe(true);
  });

  test("shows what was asked of a provider, newest first, without what identifies anybody", async () => {
    await using shelf = provider(
      () => new Response("busy", { status: 503 }),
      () => Response.json({ ok: true }),
    );
    const { services } = http.app;
    const ledger = services.ledger("Shelf");
    const client = createHttpClient({
      credentialKey: "Shelf work",
      log: keepingLogger(),
      allowedPrivateHosts: [shelf.host],
      ledger,
      policy: { baseDelayMs: 1, maxDelayMs: 2 },
    });
    await client.request({ url: `${shelf.url}/notes/4711-secret?after=x`, expect: "json" });
    const { requests, totals } = providerRequestsAnswerSchema.parse(await get("/api/providerRequests/shelf"));
    expect(requests.map(({ status, attempt, path, error }) => [status, attempt, path, error])).toEqual([
      [200, 2, "/notes/:id?after", null],
      [503, 1, "/notes/:id?after", "transient"],
    ]);
    expect(totals).toMatchObject({ requests: 2, failures: 1 });
  });

  test("remembers which tool an agent called last, and what it called itself", async () => {
    const body = {
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "get_integration_sources", arguments: {} },
    };
    const headers = { Accept: "application/json, text/event-stream", "User-Agent": "careful-agent/1" };
    const answer = await http.send("POST", "/mcp", { body, headers });
    await answer.text();
    const { calls } = mcpCallsAnswerSchema.parse(await get("/api/mcpCalls"));
    expect(calls[0]).toMatchObject({
      way: "http",
      tool: "get_integration_sources",
      outcome: "ok",
      client: "careful-agent/1",
    });
  });

  test("can be examined as by the doctor, without two examinations at once", async () => {
    const ask = async () => doctorAnswerSchema.parse(await (await http.send("POST", "/api/doctor")).json());
    const [one, two] = await Promise.all([ask(), ask()]);
    expect(one.findings.map(({ check }) => check)).toEqual(expect.arrayContaining(["integrity", "disk"]));
    expect(two).toEqual(one);
  });
});
