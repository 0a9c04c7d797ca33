import { createRoute, z } from "@hono/zod-openapi";
import { NotFoundError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { type Api, failures, integrationParam } from "./schemas";
import { refuse } from "./validation";

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
    }),
  },
  responses: {
    303: { description: "Connected; on to the web page" },
    ...failures,
  },
});

/** `/api/oauth`: hands the redirect to the integration. */
export function oauthRoutes(api: Api, app: App): void {
  api.openapi(
    redirect,
    async (c) => {
      const { config, handleRedirect } = app.registry.find(c.req.valid("param").integration);
      const { integration } = config;
      if (handleRedirect === undefined) {
        throw new NotFoundError(`${integration} does not connect through OAuth.`);
      }
      const [first] = await app.credentials.list(integration);
      const account = first?.account ?? "default";
      const stored = first === undefined ? undefined : await app.credentials.read(integration, account);
      const credential = stored ?? { id: "", integration, account, options: {} };
      const log = app.log.child({ integration });
      const services = app.services.for(integration, account, log);
      const context = { ...services, integration, account, credential, signal: c.req.raw.signal };
      const answer = await handleRedirect(c.req.raw, app.db, context);
      return answer ?? c.redirect("/", 303);
    },
    refuse(redirect),
  );
}
