import { createRoute, z } from "@hono/zod-openapi";
import { startedSyncSchema } from "@/core/models/api";
import { ConflictError } from "@/core/models/errors";
import type { SyncMode } from "@/core/models/sync";
import type { App } from "@/core/services/app";
import { refuseRestless } from "@/core/services/sync/cooldown";
import { type Api, failures, integrationParam, jsonAnswer, noQuery, optionalJsonBody } from "./schemas";
import { refuse } from "./validation";

const startBody = z.strictObject({
  account: z.string().min(1).max(500).optional().describe("Only this account; default: every connected one"),
  confirmDeletions: z
    .boolean()
    .optional()
    .describe("Read everything, and remove also what the guard against mass deletion would hold"),
});

const startRequest = { params: integrationParam, query: noQuery, body: optionalJsonBody(startBody) };
const startResponses = {
  202: jsonAnswer("The sync was started, or one was under way already; watch the runs", startedSyncSchema),
  ...failures,
};

const full = createRoute({
  method: "post",
  path: "/api/sync/{integration}",
  summary: "Start a full sync: reads everything, finds deletions",
  request: startRequest,
  responses: startResponses,
});

const updates = createRoute({
  method: "post",
  path: "/api/sync/updates/{integration}",
  summary: "Start an incremental sync: reads what changed",
  request: startRequest,
  responses: startResponses,
});

const purge = createRoute({
  method: "delete",
  path: "/api/sync/{integration}",
  summary: "Remove everything that was synced; credentials stay",
  request: {
    params: integrationParam,
    query: z.strictObject({
      account: z.string().min(1).optional().describe("Only this account, connected or not"),
    }),
  },
  responses: { 200: jsonAnswer("All is gone", z.object({ purged: z.literal(true) })), ...failures },
});

/** `/api/sync`: start syncs and purge what they brought. */
export function syncRoutes(api: Api, app: App): void {
  const start = async (integration: string, mode: SyncMode, options: z.infer<typeof startBody>) => {
    const name = app.registry.find(integration).config.integration;
    // Removals that are confirmed are looked for in everything.
    if (mode === "full" || options.confirmDeletions === true)
      await refuseRestless(app.db, { integration: name, account: options.account });
    const runs = await app.runner.start({ integration, mode, trigger: "manual", ...options });
    const [first] = runs;
    if (first === undefined)
      throw new ConflictError("There is no account to sync.", { action: "Connect one first." });
    return { runId: first.runId, runs };
  };
  api.openapi(
    full,
    async (c) => c.json(await start(c.req.valid("param").integration, "full", c.req.valid("json")), 202),
    refuse(full),
  );
  api.openapi(
    updates,
    async (c) =>
      c.json(await start(c.req.valid("param").integration, "incremental", c.req.valid("json")), 202),
    refuse(updates),
  );
  api.openapi(
    purge,
    async (c) => {
      const { account } = c.req.valid("query");
      const { integration } = app.registry.find(c.req.valid("param").integration).config;
      if (account !== undefined) c.set("auditTarget", `${integration}: ${account}`);
      await app.runner.purge(integration, account);
      return c.json({ purged: true as const }, 200);
    },
    refuse(purge),
  );
}
