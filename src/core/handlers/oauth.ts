import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { HttpEnv } from "@/core/middlware/request-log";
import { clearOAuthCookie, readOAuthCookie, writeOAuthCookie } from "@/core/middlware/oauth-cookie";
import { NotFoundError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import { oauthFlowSchema, oauthStartedSchema, oauthStartSchema } from "@/core/models/oauth";
import type { App } from "@/core/services/app";
import { outcomePage } from "./oauth-page";
import {
  type Api,
  failures,
  idParam,
  integrationParam,
  jsonAnswer,
  jsonBody,
  noQuery,
  option,
} from "./schemas";
import { refuse } from "./validation";

const startBody = oauthStartSchema.extend({
  options: z.record(z.string(), option).optional().describe("The integration's own settings by key"),
});

const start = createRoute({
  method: "post",
  path: "/api/oauth/{integration}/start",
  summary: "Begin to connect an account through OAuth; the answer has the address to open in a browser",
  request: { params: integrationParam, query: noQuery, body: jsonBody(startBody) },
  responses: { 201: jsonAnswer("Begun", oauthStartedSchema), ...failures },
});

const depart = createRoute({
  method: "get",
  path: "/api/oauth/{integration}/open",
  summary: "Takes the browser to the provider, once",
  request: { params: integrationParam, query: z.strictObject({ ticket: z.string().max(200) }) },
  responses: { 303: { description: "On to the provider" }, ...failures },
});

const flow = createRoute({
  method: "get",
  path: "/api/oauth/flows/{id}",
  summary: "How a connection through OAuth stands",
  request: { params: idParam, query: noQuery },
  responses: { 200: jsonAnswer("How it stands", oauthFlowSchema), ...failures },
});

const redirect = createRoute({
  method: "get",
  path: "/api/oauth/{integration}",
  summary: "Where a source sends people back to after they agreed",
  request: {
    params: integrationParam,
    // Sources add parameters of their own, so others are let through here.
    query: z.looseObject({
      code: z.string().max(10_000).optional(),
      state: z.string().max(10_000).optional(),
      error: z.string().max(10_000).optional(),
      error_description: z.string().max(10_000).optional(),
    }),
  },
  responses: {
    200: { description: "A page that says how it ended" },
    303: { description: "On to the web page" },
    ...failures,
  },
});

/** `/api/oauth`: the core's own flow, and the redirects of integrations that have one of their own. */
export function oauthRoutes(api: Api, app: App): void {
  const { oauth, registry, config } = app;
  api.openapi(
    start,
    async (c) => {
      const integration = registry.find(c.req.valid("param").integration);
      const begun = await oauth.start(integration, c.req.valid("json"));
      return c.json(begun, 201);
    },
    refuse(start),
  );
  api.openapi(flow, async (c) => c.json(await oauth.flow(c.req.valid("param").id), 200), refuse(flow));
  api.openapi(
    depart,
    async (c) => {
      const integration = registry.find(c.req.valid("param").integration);
      // Whoever only looks at a link, as previews and checkers do, must not spend it.
      if (c.req.method === "HEAD") return c.body(null, 200);
      const departure = await oauth.depart(integration, c.req.valid("query").ticket);
      if (departure === undefined) {
        const message = "This link was opened already, has expired, or was not made here. Start again.";
        return outcomePage(c, { state: "failed", message });
      }
      writeOAuthCookie(c, config, departure);
      return c.redirect(departure.authorizeUrl, 303);
    },
    refuse(depart),
  );
  api.openapi(
    redirect,
    async (c) => {
      const integration = registry.find(c.req.valid("param").integration);
      if (integration.oauth === undefined) return handedOn(c, app, integration);
      const { state, code, error, error_description: errorDescription } = c.req.valid("query");
      const outcome = await oauth.finish(
        integration,
        { state, code, error, errorDescription },
        (id) => readOAuthCookie(c, config, id),
        c.req.raw.signal,
      );
      const { integration: name } = integration.config;
      c.set("auditTarget", `${name}: ${outcome.account ?? outcome.state}`);
      if (outcome.id !== undefined) clearOAuthCookie(c, config, outcome.id);
      if (outcome.returnTo === undefined || outcome.id === undefined) return outcomePage(c, outcome);
      const target = new URL(outcome.returnTo, config.publicUrl);
      target.searchParams.set("oauth", outcome.id);
      return c.redirect(`${target.pathname}${target.search}${target.hash}`, 303);
    },
    refuse(redirect),
  );
}

/** Hands the redirect to an integration that ends it by itself. */
async function handedOn(c: Context<HttpEnv>, app: App, integration: Integration): Promise<Response> {
  const { config, handleRedirect } = integration;
  const { integration: name } = config;
  if (handleRedirect === undefined)
    throw new NotFoundError(`${name} does not connect through OAuth.`, {
      action: "Connect it with the fields of its form.",
    });
  const [first] = await app.credentials.list(name);
  const account = first?.account ?? "default";
  const stored = first === undefined ? undefined : await app.credentials.read(name, account);
  const credential = stored ?? { id: "", integration: name, account, options: {} };
  const log = app.log.child({ integration: name });
  const services = app.services.for(name, account, log);
  const context = { ...services, integration: name, account, credential, signal: c.req.raw.signal };
  return (await handleRedirect(c.req.raw, app.db, context)) ?? c.redirect("/", 303);
}
