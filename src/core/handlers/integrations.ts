import { createRoute, z } from "@hono/zod-openapi";
import { sourcesAnswerSchema } from "@/core/models/api";
import { choicesAnswerSchema } from "@/core/models/choices";
import { credentialInputSchema, publicCredentialSchema } from "@/core/models/credential";
import type { App } from "@/core/services/app";
import { disconnectAccounts } from "@/core/services/disconnect";
import { keepBoth } from "@/core/services/keep-both";
import { listChoices } from "@/core/services/list-choices";
import { listSources } from "@/core/services/sources";
import { type Api, failures, integrationParam, jsonAnswer, jsonBody, noQuery, option } from "./schemas";
import { refuse } from "./validation";

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

const choices = createRoute({
  method: "post",
  path: "/api/integrations/{integration}/choices/{option}",
  summary:
    "What could be chosen for a setting, by a credential that is not stored yet; checked with the source first",
  request: {
    params: integrationParam.extend({ option: z.string().min(1).max(100).describe("Key of the setting") }),
    query: noQuery,
    body: jsonBody(
      connectBody
        .omit({ integration: true })
        .extend({ words: z.string().max(200).optional().describe("Part of a name; all when left out") }),
    ),
  },
  responses: { 200: jsonAnswer("At most 200 of them", choicesAnswerSchema), ...failures },
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
    200: jsonAnswer(
      "The accounts that were forgotten, and what could not be taken back at the provider",
      z.object({ disconnected: z.array(z.string()), notes: z.array(z.string()) }),
    ),
    ...failures,
  },
});

const keep = createRoute({
  method: "post",
  path: "/api/integrations/{integration}/keepBoth",
  summary: "After an account was connected anew and leads to another one: make that an account of its own",
  request: {
    params: integrationParam,
    query: noQuery,
    body: jsonBody(
      z.strictObject({
        account: z
          .string()
          .min(1)
          .max(500)
          .describe("The account that was connected anew; keeps what it has"),
        newAccount: z
          .string()
          .trim()
          .min(1)
          .max(500)
          .describe("Label for what it leads to now; not taken yet"),
      }),
    ),
  },
  responses: {
    202: jsonAnswer(
      "The new account, whose first sync was started",
      publicCredentialSchema.extend({ integration: z.string(), runId: z.string() }),
    ),
    ...failures,
  },
});

/** `/api/integrations`: see, connect and disconnect accounts. */
export function integrationRoutes(api: Api, app: App): void {
  api.openapi(list, async (c) => c.json({ integrations: await listSources(app) }, 200), refuse(list));
  connectRoutes(api, app);
  accountRoutes(api, app);
}

function connectRoutes(api: Api, app: App): void {
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
    choices,
    async (c) => {
      const { integration: named, option } = c.req.valid("param");
      const integration = app.registry.find(named);
      const { words = "", ...given } = c.req.valid("json");
      const input = { ...given, integration: integration.config.integration };
      const question = { option, input, words, signal: c.req.raw.signal };
      return c.json(await listChoices(app, integration, question), 200);
    },
    refuse(choices),
  );
}

/** What can be done with an account that is connected. */
function accountRoutes(api: Api, app: App): void {
  api.openapi(
    keep,
    async (c) => {
      const integration = app.registry.find(c.req.valid("param").integration);
      const { account, newAccount } = c.req.valid("json");
      const name = integration.config.integration;
      c.set("auditTarget", `${name}: ${account}, ${newAccount}`);
      const { connected, runId } = await keepBoth(app, integration, { account, newAccount });
      return c.json({ ...publicCredentialSchema.parse(connected), integration: name, runId }, 202);
    },
    refuse(keep),
  );
  api.openapi(
    disconnect,
    async (c) => {
      const integration = app.registry.find(c.req.valid("param").integration);
      const answer = await disconnectAccounts(app, integration, c.req.valid("query").account);
      const names = answer.disconnected.join(", ") || "no account";
      c.set("auditTarget", `${integration.config.integration}: ${names}`);
      return c.json(answer, 200);
    },
    refuse(disconnect),
  );
}
