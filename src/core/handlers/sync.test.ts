import { describe, expect, test } from "bun:test";
import { type HttpApp, httpApp, play } from "@test/http";
import { z } from "zod";
import {
  artifactsAnswerSchema,
  runsAnswerSchema,
  startedSyncSchema,
  tasksAnswerSchema,
} from "@/core/models/api";
import { searchResponseSchema } from "@/core/models/search";
import { syncRunSchema } from "@/core/models/sync";
import { sleep } from "@/lib/retry";

async function sync(http: HttpApp, path = "/api/sync/Shelf", body?: unknown): Promise<string> {
  const text = await play(http, { name: "sync", method: "POST", path, body, status: 202 });
  const { runId } = startedSyncSchema.parse(JSON.parse(text));
  await http.app.runner.wait(runId);
  return runId;
}

async function get<Schema extends z.ZodType>(
  http: HttpApp,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return schema.parse(JSON.parse(await play(http, { name: path, path, status: 200 })));
}

/** Holds the shelf's syncs until the returned function is called. */
function hold(http: HttpApp): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  http.shelf.beforePage = () => promise;
  return resolve;
}

describe("a sync over HTTP", () => {
  test("answers at once, and ends in rows, artifacts and hits", async () => {
    await using http = await httpApp();
    const runId = await sync(http, "/API/SYNC/sHELF", {});
    expect(await get(http, `/api/runs/${runId}`, syncRunSchema)).toMatchObject({
      state: "succeeded",
      mode: "full",
      inserted: 3,
    });
    const incremental = await sync(http, "/api/sync/updates/shelf");
    expect(await get(http, `/api/runs/${incremental}`, syncRunSchema)).toMatchObject({
      mode: "incremental",
      inserted: 0,
    });
    const { runs } = await get(http, "/api/runs?integration=SHELF&limit=1", runsAnswerSchema);
    expect(runs.map(({ id }) => id)).toEqual([incremental]);
    const { syncTasks } = await get(http, "/api/syncTasks/Shelf/0", tasksAnswerSchema);
    expect(syncTasks.length).toBeGreaterThan(0);
    expect((await get(http, "/api/syncTasks/recent", tasksAnswerSchema)).syncTasks.length).toBeGreaterThan(0);
    expect((await get(http, "/api/syncTasks/shelf/7", tasksAnswerSchema)).syncTasks).toEqual([]);
    const found = await play(http, {
      name: "search",
      method: "POST",
      path: "/api/search",
      body: { query: "zebras", limit: 2 },
      status: 200,
    });
    expect(searchResponseSchema.parse(JSON.parse(found)).results).toHaveLength(2);
  });

  test("is one at a time: a second request gets the run under way", async () => {
    await using http = await httpApp();
    const release = hold(http);
    const start = { name: "start", method: "POST", path: "/api/sync/Shelf", status: 202 };
    const first = startedSyncSchema.parse(JSON.parse(await play(http, start)));
    const second = startedSyncSchema.parse(JSON.parse(await play(http, start)));
    expect(second.runs[0]).toMatchObject({ runId: first.runId, alreadyRunning: true });
    await play(http, { name: "list", path: "/api/integrations", status: 200, contains: ['"syncing"'] });
    release();
    await http.app.runner.wait(first.runId);
  });

  test("can be cancelled while it runs, and not afterwards", async () => {
    await using http = await httpApp();
    const release = hold(http);
    const text = await play(http, { name: "start", method: "POST", path: "/api/sync/Shelf", status: 202 });
    const { runId } = startedSyncSchema.parse(JSON.parse(text));
    const cancel = { name: "cancel", method: "POST", path: `/api/runs/${runId}/cancel`, status: 200 };
    await play(http, { ...cancel, contains: ['{"cancelled":true}'] });
    release();
    expect((await http.app.runner.wait(runId)).state).toBe("cancelled");
    await play(http, { ...cancel, contains: ['{"cancelled":false}'] });
    await play(http, { ...cancel, path: "/api/runs/nope/cancel", status: 404 });
  });

  test("can be paused while it runs, and resumed until it has ended", async () => {
    await using http = await httpApp();
    const release = hold(http);
    const text = await play(http, { name: "start", method: "POST", path: "/api/sync/Shelf", status: 202 });
    const { runId } = startedSyncSchema.parse(JSON.parse(text));
    const post = (name: string) => ({
      name,
      method: "POST",
      path: `/api/runs/${runId}/${name}`,
      status: 200,
    });
    await play(http, { ...post("pause"), contains: ['{"paused":true}'] });
    release();
    expect(await http.app.runner.wait(runId)).toMatchObject({ state: "parked", stage: "paused" });
    await play(http, { ...post("resume"), status: 202, contains: [runId, '"alreadyRunning":false'] });
    expect((await http.app.runner.wait(runId)).state).toBe("succeeded");
    await play(http, { ...post("pause"), contains: ['{"paused":false}'] });
    await play(http, { ...post("resume"), status: 409, contains: ["nothing to resume"] });
    await play(http, { ...post("resume"), path: "/api/runs/nope/resume", status: 404 });
  });

  test("leaves its failure in rows, which a retry takes up", async () => {
    await using http = await httpApp();
    http.shelf.beforeRender = (key) => {
      if (key === "b") throw new Error("The page is torn.");
    };
    await sync(http);
    const { syncTasks } = await get(http, "/api/syncTasks/Shelf/0?status=FAILED", tasksAnswerSchema);
    expect(JSON.stringify(syncTasks)).toContain("The page is torn.");
    http.shelf.beforeRender = () => undefined;
    const retry = { name: "retry", method: "POST", path: "/api/syncTasks/retry" };
    const again = await play(http, { ...retry, body: { integration: "shelf" }, status: 202 });
    const runs = z.object({ runs: startedSyncSchema.shape.runs }).parse(JSON.parse(again)).runs;
    for (const { runId } of runs) await http.app.runner.wait(runId);
    expect((await get(http, "/api/artifacts/Shelf", artifactsAnswerSchema)).total).toBe(3);
    await play(http, { ...retry, body: { integration: "Vault" }, status: 202, contains: ['{"runs":[]}'] });
  });

  test("is purged whole", async () => {
    await using http = await httpApp();
    await sync(http);
    await play(http, {
      name: "purge",
      method: "DELETE",
      path: "/api/sync/shelf",
      status: 200,
      contains: ['{"purged":true}'],
    });
    expect(await get(http, "/api/artifacts/Shelf", artifactsAnswerSchema)).toEqual({
      artifacts: [],
      total: 0,
    });
    expect((await get(http, "/api/syncTasks/Shelf/0", tasksAnswerSchema)).syncTasks).toEqual([]);
  });

  test("is purged for one account alone, by its name, and the audit log says whose it was", async () => {
    await using http = await httpApp();
    await sync(http);
    const purge = { name: "purge", method: "DELETE" };
    const path = "/api/sync/shelf?account=";
    await play(http, { ...purge, path: `${path}defualt`, status: 404, contains: ["of: default"] });
    expect((await get(http, "/api/artifacts/Shelf", artifactsAnswerSchema)).total).toBe(3);
    await play(http, { ...purge, path: `${path}default`, status: 200 });
    expect((await get(http, "/api/artifacts/Shelf", artifactsAnswerSchema)).total).toBe(0);
    const { events } = await http.app.access.audit.list({ action: "purge" });
    expect(events.map(({ target, outcome }) => [target, outcome])).toEqual([
      ["Shelf: default", "ok"],
      ["Shelf: defualt", "refused"],
    ]);
  });

  const refusals: [string, string, unknown, number, string[]][] = [
    ["POST", "/api/sync/Nope", undefined, 404, ["no integration 'Nope'"]],
    ["POST", "/api/sync/Vault", undefined, 409, ["not connected yet"]],
    ["POST", "/api/sync/Shelf?full=1", undefined, 400, ["full", "is not known here"]],
    ["POST", "/api/sync/Shelf", { acount: "x" }, 400, ["acount", "it takes account"]],
    ["POST", "/api/sync/Shelf", { account: 5 }, 400, ["account", "takes text"]],
    ["DELETE", "/api/sync/Nope", undefined, 404, ["not_found"]],
    ["DELETE", "/api/sync/Shelf?acount=x", undefined, 400, ["acount"]],
    ["GET", "/api/syncTasks/Shelf/-1", undefined, 400, ["page", "takes a page number"]],
    ["GET", "/api/syncTasks/Shelf/0?status=failed", undefined, 400, ["PENDING, SUCCESS, FAILED"]],
    ["POST", "/api/syncTasks/retry", { taskIds: "x" }, 400, ["taskIds", "takes a list"]],
    ["GET", "/api/runs?state=done", undefined, 400, ["takes one of queued, running"]],
    ["GET", "/api/runs/nope", undefined, 404, ["no sync run"]],
  ];
  test("refuses what does not fit", async () => {
    await using http = await httpApp();
    for (const [method, path, body, status, contains] of refusals) {
      await play(http, { name: path, method, path, body, status, contains });
    }
  });
});

describe("/api/events", () => {
  test("tells a sync's progress while it happens, and ends with the client", async () => {
    await using http = await httpApp();
    const release = hold(http);
    const client = new AbortController();
    const response = await fetch(`${http.url}/api/events?integration=shelf`, { signal: client.signal });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const states = statesOf(response);
    const done = sync(http);
    expect(await states.next()).toMatchObject({ value: "running" });
    release();
    await done;
    let last: unknown;
    while (last !== "succeeded") last = (await states.next()).value;
    client.abort();
    await play(http, { name: "unknown", path: "/api/events?all=1", status: 400, contains: ["all"] });
  });

  test("are bounded in number, and clients that went do not count", async () => {
    await using http = await httpApp();
    const open = async () => {
      const client = new AbortController();
      const response = await fetch(`${http.url}/api/events`, { signal: client.signal });
      return { client, status: response.status };
    };
    const first = await Promise.all(Array.from({ length: 64 }, open));
    expect(first.every(({ status }) => status === 200)).toBe(true);
    expect((await open()).status).toBe(503);
    for (const { client } of first) client.abort();
    let again = await open();
    while (again.status !== 200) {
      expect(again.status).toBe(503);
      await sleep(5);
      again = await open();
    }
    again.client.abort();
  });

  test("does not keep the server from stopping", async () => {
    await using http = await httpApp();
    const response = await fetch(`${http.url}/api/events`);
    const text = response.text();
    await http.stop();
    expect(await text).toContain("retry: 2000");
  });
});

/** The states that the stream's runs are in, one an event. */
async function* statesOf(response: Response): AsyncGenerator<string> {
  let rest = "";
  for await (const text of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = /^event: run\ndata: (.*)$/.exec(event)?.[1];
      if (data !== undefined) yield syncRunSchema.parse(JSON.parse(data)).state;
    }
  }
}
