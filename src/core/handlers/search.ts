import { createRoute } from "@hono/zod-openapi";
import { searchRequestSchema, searchResponseSchema } from "@/core/models/search";
import type { App } from "@/core/services/app";
import { type Api, failures, jsonAnswer, jsonBody, noQuery } from "./schemas";
import { refuse } from "./validation";

const search = createRoute({
  method: "post",
  path: "/api/search",
  summary: "Find artifacts that answer a question; the search that agents use",
  request: { query: noQuery, body: jsonBody(searchRequestSchema) },
  responses: { 200: jsonAnswer("The hits, best first", searchResponseSchema), ...failures },
});

/** `/api/search`. */
export function searchRoutes(api: Api, app: App): void {
  api.openapi(
    search,
    async (c) => c.json(await app.search(c.req.valid("json"), c.req.raw.signal), 200),
    refuse(search),
  );
}
