import { createRoute, z } from "@hono/zod-openapi";
import { findRun } from "@/core/db/queries/runs";
import { TransientError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { type Api, failures, jsonAnswer, noQuery } from "./schemas";
import { refuse } from "./validation";

const healthy = z.object({ status: z.literal("ok") });

const live = createRoute({
  method: "get",
  path: "/healthz",
  summary: "The process answers",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("It does", healthy), ...failures },
});

const ready = createRoute({
  method: "get",
  path: "/readyz",
  summary: "The process can serve: its database answers",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("It can", healthy), ...failures },
});

/** `/healthz`, `/readyz`: they say nothing but that. */
export function healthRoutes(api: Api, app: App): void {
  api.openapi(live, (c) => c.json({ status: "ok" as const }, 200), refuse(live));
  api.openapi(
    ready,
    async (c) => {
      try {
        await findRun(app.db, "readiness probe");
      } catch (error) {
        app.log.warn("The database does not answer.", { error });
        throw new TransientError("The database does not answer.", { cause: error });
      }
      return c.json({ status: "ok" as const }, 200);
    },
    refuse(ready),
  );
}
