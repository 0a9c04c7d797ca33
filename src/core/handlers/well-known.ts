import { createRoute, z } from "@hono/zod-openapi";
import { scopes } from "@/core/models/access";
import type { App } from "@/core/services/app";
import { type Api, failures, jsonAnswer, noQuery } from "./schemas";
import { refuse } from "./validation";

const metadataSchema = z.object({
  resource: z.string(),
  resource_name: z.string(),
  authorization_servers: z.array(z.string()).optional(),
  scopes_supported: z.array(z.string()),
  bearer_methods_supported: z.array(z.string()),
});

const metadataRoute = (path: string) =>
  createRoute({
    method: "get",
    path,
    summary: "Where MCP clients find out how to log in (RFC 9728)",
    request: { query: noQuery },
    responses: { 200: jsonAnswer("The protected resource", metadataSchema), ...failures },
  });

/** `/.well-known/oauth-protected-resource`, for the server as a whole and for `/mcp`: the same resource. */
export function wellKnownRoutes(api: Api, { config }: App): void {
  const metadata = {
    resource: `${config.publicUrl}/mcp`,
    resource_name: "Stoneturner",
    ...(config.oauth === undefined ? {} : { authorization_servers: [config.oauth.issuer] }),
    scopes_supported: [...scopes],
    bearer_methods_supported: ["header"],
  };
  for (const path of ["", "/mcp"]) {
    const route = metadataRoute(`/.well-known/oauth-protected-resource${path}`);
    api.openapi(route, (c) => c.json(metadata, 200), refuse(route));
  }
}
