import type { App } from "@/core/services/app";
import { createRoute, z } from "@hono/zod-openapi";
import { type Api, failures, noQuery } from "./schemas";
import { refuse } from "./validation";

const route = createRoute({
  method: "get",
  path: "/metrics",
  summary: "What the program tells a monitoring system about itself; no ids, accounts or texts",
  request: { query: noQuery },
  responses: {
    200: { description: "Prometheus' text format", content: { "text/plain": { schema: z.string() } } },
    ...failures,
  },
});

/** `/metrics`, for processes on this machine or with a token; see the route rules. */
export function metricsRoutes(api: Api, { metrics }: Pick<App, "metrics">): void {
  api.openapi(
    route,
    async (c) => {
      const { contentType, text } = await metrics.render();
      return c.text(text, 200, { "Content-Type": contentType });
    },
    refuse(route),
  );
}
