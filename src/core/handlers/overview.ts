import { createRoute } from "@hono/zod-openapi";
import { overviewSchema } from "@/core/models/overview";
import type { App } from "@/core/services/app";
import { readOverview } from "@/core/services/overview/overview";
import { type Api, failures, jsonAnswer, noQuery } from "./schemas";
import { refuse } from "./validation";

const overview = createRoute({
  method: "get",
  path: "/api/overview",
  summary: "How much there is, how it grew, what waits and what failed",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("The overview", overviewSchema), ...failures },
});

/** `/api/overview`. */
export function overviewRoutes(api: Api, app: App): void {
  api.openapi(overview, async (c) => c.json(await readOverview(app), 200), refuse(overview));
}
