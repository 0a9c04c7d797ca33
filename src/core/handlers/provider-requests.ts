import { createRoute } from "@hono/zod-openapi";
import { providerRequestsAnswerSchema } from "@/core/models/system";
import type { App } from "@/core/services/app";
import { type Api, failures, integrationParam, jsonAnswer, noQuery } from "./schemas";
import { refuse } from "./validation";

const list = createRoute({
  method: "get",
  path: "/api/providerRequests/{integration}",
  summary: "The latest requests to a source's provider since the start: never an id, a value or a secret",
  request: { params: integrationParam, query: noQuery },
  responses: { 200: jsonAnswer("The requests, newest first", providerRequestsAnswerSchema), ...failures },
});

/** `/api/providerRequests`: what was asked of a provider, and how it answered. */
export function providerRequestRoutes(api: Api, { registry, services }: Pick<App, "registry" | "services">) {
  api.openapi(
    list,
    (c) => {
      const { integration } = registry.find(c.req.valid("param").integration).config;
      const ledger = services.ledger(integration);
      const requests = ledger
        .entries()
        .toReversed()
        .map(({ status, error, ...entry }) => ({ ...entry, status: status ?? null, error: error ?? null }));
      return c.json({ requests, totals: ledger.totals() }, 200);
    },
    refuse(list),
  );
}
