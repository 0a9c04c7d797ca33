import { join } from "node:path";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Addresses } from "@/core/middlware/addresses";
import { auditTrail } from "@/core/middlware/audit-trail";
import { authenticate } from "@/core/middlware/auth";
import { bodyGuard } from "@/core/middlware/body-guard";
import { cors } from "@/core/middlware/cors";
import { storageErrorOf } from "@/core/db/storage-error";
import { answerError, envelope } from "@/core/middlware/errors";
import { hostGuard } from "@/core/middlware/host-guard";
import { originGuard } from "@/core/middlware/origin-guard";
import { packAnswers } from "@/core/middlware/pack-answers";
import { rateLimit } from "@/core/middlware/rate-limit";
import { type HttpEnv, requestLog } from "@/core/middlware/request-log";
import { securityHeaders } from "@/core/middlware/security-headers";
import type { App } from "@/core/services/app";
import type { McpExtension } from "@/core/services/mcp/server";
import { askedOnce } from "@/lib/asked-once";
import { accessRoutes } from "./access";
import { artifactRoutes } from "./artifacts";
import { auditRoutes } from "./audit";
import { canonicalPath } from "./canonical-path";
import { documentRoutes } from "./document";
import { eventRoutes } from "./events";
import { assetResponse, type ClientFiles, clientServer } from "./files";
import { healthRoutes } from "./health";
import { integrationRoutes } from "./integrations";
import { jobRoutes } from "./jobs";
import { metricsRoutes } from "./metrics";
import { oauthRoutes } from "./oauth";
import { overviewRoutes } from "./overview";
import { runRoutes } from "./runs";
import type { Api } from "./schemas";
import { scheduleRoutes } from "./schedules";
import { searchRoutes } from "./search";
import { syncRoutes } from "./sync";
import { syncTaskRoutes } from "./sync-tasks";
import { providerRequestRoutes } from "./provider-requests";
import { systemRoutes } from "./system";
import { tokenRoutes } from "./tokens";
import { webhookRoutes } from "./webhooks";
import { wellKnownRoutes } from "./well-known";

export interface ApiDeps {
  app: App;
  client: ClientFiles;
  /** The hosts and origins that mean this server; known once it listens. */
  addresses: () => Addresses;
  /** Aborted when the server stops. */
  closing: AbortSignal;
  /** Only for tests. */
  mcpExtension?: McpExtension | undefined;
}

/** Everything the server answers: guards first, then the routes, then the web page. */
export function createApi(deps: ApiDeps): Api {
  const { app, addresses, closing } = deps;
  const api: Api = new OpenAPIHono<HttpEnv>({ getPath: canonicalPath });
  api.use(
    requestLog(app.log),
    packAnswers(),
    securityHeaders(),
    hostGuard(addresses),
    originGuard(addresses),
    cors(addresses),
    auditTrail(app.access.audit),
    authenticate({ ...app, addresses }),
    rateLimit({ perMinute: app.config.requestsPerMinute }),
  );
  api.use(bodyGuard(), methodNotAllowed({ app: api, onMethodNotAllowed: refuseMethod }));
  integrationRoutes(api, app);
  syncRoutes(api, app);
  syncTaskRoutes(api, app);
  artifactRoutes(api, app);
  searchRoutes(api, app);
  runRoutes(api, app);
  scheduleRoutes(api, app);
  jobRoutes(api, app);
  eventRoutes(api, app, closing);
  oauthRoutes(api, app);
  webhookRoutes(api, app);
  accessRoutes(api, app);
  tokenRoutes(api, app);
  auditRoutes(api, app);
  overviewRoutes(api, app);
  systemRoutes(api, app);
  providerRequestRoutes(api, app);
  wellKnownRoutes(api, app);
  healthRoutes(api, app);
  metricsRoutes(api, app);
  documentRoutes(api);
  mcpRoute(api, deps);
  fileRoutes(api, deps);
  api.onError((error, c) => answerError(storageErrorOf(error, "caller") ?? error, c, app.log));
  return api;
}

function mcpRoute(api: Api, { app, mcpExtension }: ApiDeps): void {
  // Loaded with the first question: the server is ready sooner, and unused it takes no memory.
  const load = async () =>
    app.metrics.countMcp(
      (await import("@/core/services/mcp/server")).createMcpHttpHandler(app, mcpExtension),
    );
  const handler = askedOnce(load);
  api.all("/mcp", async (c) => {
    const caller = c.get("caller");
    if (caller === undefined) throw new HTTPException(401, { message: "This needs a login." });
    return (await handler()).fetch(c.req.raw, caller);
  });
}

function fileRoutes(api: Api, { app, client }: ApiDeps): void {
  const assets = join(app.config.projectRoot, "src", "assets");
  const page = clientServer(client);
  api.get(
    "/assets/*",
    async (c) => (await assetResponse(assets, c.req.path.slice("/assets/".length))) ?? nothing(c),
  );
  api.notFound(async (c) => {
    if (c.req.path === "/api" || c.req.path.startsWith("/api/")) return nothing(c);
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return refuseMethod(c, ["GET", "HEAD"]);
    return (await page(c.req.path, c.req.header("accept-encoding"))) ?? nothing(c);
  });
}

function nothing(c: Context): Response {
  return c.json(envelope("not_found", "There is nothing at this address."), 404);
}

function refuseMethod(c: Context, allowed: readonly string[]): Response {
  const allow = allowed.join(", ");
  const message = `This address takes ${allow}, not ${c.req.method}.`;
  return c.json(envelope("method_not_allowed", message), 405, { Allow: allow });
}
