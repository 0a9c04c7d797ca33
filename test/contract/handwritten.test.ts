import { describe, expect, test } from "bun:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { listTasks } from "@/core/db/queries/tasks";
import { findRun } from "@/core/db/queries/runs";
import { mdArtifacts, syncTask } from "@/core/db/schema";
import { startServer } from "@/core/handlers/server";
import { sourcesAnswerSchema, startedSyncSchema, tasksAnswerSchema } from "@/core/models/api";
import { AuthError } from "@/core/models/errors";
import type { Integration } from "@/core/models/models";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { parseStep } from "@/core/services/insights/parse-step";
import { writeArtifacts } from "@/core/services/sync/artifact-writer";
import { testApp } from "@test/app";
import { myConfig, myIntegration } from "./handwritten";

const noPages = () => Promise.resolve(new Map());

/** The same shape with a body: a hand-written sync that uses the handle and context it is given. */
const withParameters: Integration = {
  config: { ...myConfig, integration: "Notes" },
  sync: async (db, { integration, account }) => {
    const note = {
      integrationArtifactId: "n1",
      kind: "document",
      title: "Tide table",
      markdown: "High water at six.",
    } as const;
    await db.transaction((tx) => writeArtifacts(tx, { integration, account }, [note]));
    await parseStep(integration, db);
    await indexVectorDbStep(integration, db);
  },
  syncUpdates: async () => {
    throw new Error("The vendor is closed today.");
  },
  deleteSync: async () => {},
};

describe("a hand-written integration", () => {
  test("by the letter of the guide syncs, shows up over HTTP and MCP, and deletes", async () => {
    await using app = await testApp({ integrations: [myIntegration] });
    const server = await startServer(app, noPages);
    try {
      const listed = sourcesAnswerSchema.parse(await (await fetch(`${server.url}/api/integrations`)).json());
      expect(listed.integrations).toMatchObject([{ integration: "MyIntegration", inputs: [{}, {}, {}] }]);
      const posted = await fetch(`${server.url}/api/sync/myintegration`, { method: "POST" });
      expect(posted.status).toBe(202);
      const { runId } = startedSyncSchema.parse(await posted.json());
      expect(await app.runner.wait(runId)).toMatchObject({
        state: "succeeded",
        integration: "MyIntegration",
      });
      const tasks = tasksAnswerSchema.parse(
        await (await fetch(`${server.url}/api/syncTasks/MYINTEGRATION/0`)).json(),
      );
      expect(tasks.syncTasks).toMatchObject([
        { step: "sync", status: "SUCCESS", integration: "MyIntegration" },
      ]);

      const client = new Client({ name: "test", version: "1" });
      await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)));
      const sources = await client.callTool({ name: "get_integration_sources", arguments: {} });
      expect(JSON.stringify(sources.structuredContent)).toContain("MyIntegration");
      await client.close();

      const deleted = await fetch(`${server.url}/api/sync/MyIntegration`, { method: "DELETE" });
      expect(deleted.ok).toBe(true);
      expect(await app.db.$count(syncTask)).toBe(0);
      expect(await findRun(app.db, runId)).toBeUndefined();
    } finally {
      await server.stop();
    }
  });

  test("with parameters writes artifacts that are found, and a purge leaves nothing of them", async () => {
    await using app = await testApp({ integrations: [withParameters] });
    const [started] = await app.runner.start({ integration: "notes", mode: "full", trigger: "manual" });
    expect(await app.runner.wait(started?.runId ?? "")).toMatchObject({ state: "succeeded" });
    expect((await app.search({ query: "when is high water" })).results[0]?.title).toBe("Tide table");
    await app.runner.purge("Notes");
    expect(await app.db.$count(mdArtifacts)).toBe(0);
    expect((await app.search({ query: "when is high water" })).results).toEqual([]);
  });

  test("that throws ends as a failed run and a task row, in its own words", async () => {
    await using app = await testApp({ integrations: [withParameters] });
    const [started] = await app.runner.start({
      integration: "notes",
      mode: "incremental",
      trigger: "manual",
    });
    const run = await app.runner.wait(started?.runId ?? "");
    expect(run).toMatchObject({ state: "failed", error: "The vendor is closed today." });
    expect(await listTasks(app.db, "Notes", 0)).toMatchObject([
      { step: "sync", status: "FAILED", error: "The vendor is closed today." },
    ]);
  });

  test("that keeps its own tokens ends its redirect and renews them by itself, once a sync", async () => {
    const state = { redirected: "", renewals: 0, isGood: false };
    const own: Integration = {
      ...myIntegration,
      sync: async () => {
        if (!state.isGood) throw new AuthError("The token has ended.", { action: "Reconnect the account." });
      },
      handleRedirect: async (request, _db, { integration }) => {
        state.redirected = `${integration} ${new URL(request.url).searchParams.get("code")}`;
        return Response.redirect("http://127.0.0.1/done", 303);
      },
      refreshAccessTokens: async () => {
        state.renewals++;
        state.isGood = state.renewals > 1;
      },
    };
    await using app = await testApp({ integrations: [own] });
    const server = await startServer(app, noPages);
    const back = `${server.url}/api/oauth/myintegration?code=abc`;
    const answer = await fetch(back, { redirect: "manual" });
    await server.stop();
    expect(answer.headers.get("location")).toBe("http://127.0.0.1/done");
    expect(state.redirected).toBe("MyIntegration abc");
    const sync = async () => {
      const [started] = await app.runner.start({
        integration: "myintegration",
        mode: "full",
        trigger: "cli",
      });
      return app.runner.wait(started?.runId ?? "");
    };
    expect(await sync()).toMatchObject({
      state: "failed",
      error: "The token has ended. Reconnect the account.",
    });
    expect(state.renewals).toBe(1);
    expect(await sync()).toMatchObject({ state: "succeeded" });
    expect(state.renewals).toBe(2);
  });

  test("that is in only one registry is reported in one plain line", async () => {
    const { createRegistry } = await import("@/core/services/registry");
    expect(createRegistry([myConfig], []).problems).toEqual([
      "MyIntegration is in config-registry.ts but not in sync-registry.ts: it cannot sync.",
    ]);
    expect(createRegistry([], [myIntegration]).problems).toHaveLength(1);
  });
});
