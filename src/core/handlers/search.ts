import { createRoute } from "@hono/zod-openapi";
import { httpSearchSchema, searchResponseSchema } from "@/core/models/search";
import type { App } from "@/core/services/app";
import { sizedAsForAgents } from "@/core/services/mcp/agent-answer";
import { type Api, failures, jsonAnswer, jsonBody, noQuery } from "./schemas";
import { refuse } from "./validation";

const search = createRoute({
  method: "post",
  path: "/api/search",
  summary: "Find artifacts that answer a question; the search that agents use",
  request: { query: noQuery, body: jsonBody(httpSearchSchema) },
  responses: { 200: jsonAnswer("The hits, best first", searchResponseSchema), ...failures },
});

/** `/api/search`. */
export function searchRoutes(api: Api, app: App): void {
  api.openapi(
    search,
    async (c) => {
      const { sizedFor, ...request } = c.req.valid("json");
      const { signal } = c.req.raw;
      if (sizedFor === "caller" || request.maxTokens === undefined) {
        return c.json(await app.search(request, signal), 200);
      }
      const { maxTokens, ...whole } = request;
      return c.json(sizedAsForAgents(await app.search(whole, signal), maxTokens), 200);
    },
    refuse(search),
  );
}
