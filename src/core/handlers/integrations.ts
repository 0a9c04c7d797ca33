import { createRoute, z } from "@hono/zod-openapi";
import { listRuns } from "@/core/db/queries/runs";
import { sourcesAnswerSchema } from "@/core/models/api";
import { credentialInputSchema, publicCredentialSchema } from "@/core/models/credential";
import { NotFoundError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { listSources } from "@/core/services/sources";
import { type Api, failures, integrationParam, jsonAnswer, jsonBody, noQuery } from "./schemas";
import { refuse } from "./validation";

/** Any JSON value. Said to the document generator in one word, since the type refers to itself. */
const option = z.json().openapi({ type: ["string", "number", "boolean", "array", "object", "null"] });

const connectBody = credentialInputSchema.extend({
  options: z.record(z.string(), option).optional().describe("The integration's own settings by key"),
});

const list = createRoute({
  method: "get",
  path: "/api/integrations",
  summary: "All integrations with accounts, status and counts; never a secret",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("The integrations", sourcesAnswerSchema), ...failures },
});

const connect = createRoute({
  method: "post",
  path: "/api/integrations",
  summary: "Connect an account, or replace its credential; checked with the source first",
  request: { query: noQuery, body: jsonBody(connectBody) },
  responses: {
    200: jsonAnswer(
      "The account, without its secrets",
      publicCredentialSchema.extend({ integration: z.string() }),
    ),
    ...failures,
  },
});

const disconnect = createRoute({
  method: "delete",
  path: "/api/integrations/{integration}",
  summary: "Forget the credential of one account or of all; what was synced stays",
  request: {
    params: integrationParam,
    query: z.strictObject({ account: z.string().min(1).optional().describe("Only this account") }),
  },
  responses: {
    200: jsonAnswer("The accounts that were forgotten", z.object({ disconnected: z.array(z.string()) })),
    ...failures,
  },
});

/** `/api/integrations`: see, connect and disconnect accounts. */
export function integrationRoutes(api: Api, app: App): void {
  api.openapi(list, async (c) => c.json({ integrations: await listSources(app) }, 200), refuse(list));
  api.openapi(
    connect,
    async (c) => {
      const input = c.req.valid("json");
      c.set("auditTarget", input.integration);
      const integration = app.registry.find(input.integration);
      const saved = await app.credentials.save(integration, input, c.req.raw.signal);
      const shown = publicCredentialSchema.parse(saved);
      c.set("auditTarget", `${integration.config.integration}: ${shown.account}`);
      return c.json({ integration: integration.config.integration, ...shown }, 200);
    },
    refuse(connect),
  );
  api.openapi(
    disconnect,
    async (c) => {
      const { integration } = app.registry.find(c.req.valid("param").integration).config;
      const disconnected = await forget(app, integration, c.req.valid("query").account);
      c.set("auditTarget", `${integration}: ${disconnected.join(", ") || "no account"}`);
      return c.json({ disconnected }, 200);
    },
    refuse(disconnect),
  );
}

/** Stops the accounts' syncs, which hold the credential in memory, and forgets the credentials. */
async function forget(app: App, integration: string, account: string | undefined): Promise<string[]> {
  const stored = (await app.credentials.list(integration)).map((entry) => entry.account);
  const wanted = stored.filter((entry) => account === undefined || entry === account);
  if (account !== undefined && wanted.length === 0) {
    throw new NotFoundError(`${integration} has no account '${account}'.`, {
      action: `Connected: ${stored.join(", ") || "none"}.`,
    });
  }
  const active = await listRuns(app.db, { integration, account, states: ["queued", "running", "parked"] });
  for (const run of active) await app.runner.cancel(run.id);
  await app.credentials.remove(integration, account);
  return wanted;
}
