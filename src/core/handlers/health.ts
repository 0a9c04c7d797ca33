import { join } from "node:path";
import { createRoute, z } from "@hono/zod-openapi";
import { isMigrated } from "@/core/db/migrate";
import { proveWritable } from "@/core/db/queries/health";
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
  summary: "The process can serve: its database has the right schema and takes writes",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("It can", healthy), ...failures },
});

/** `/healthz`, `/readyz`: they say nothing but that. */
export function healthRoutes(api: Api, app: App): void {
  api.openapi(live, (c) => c.json({ status: "ok" as const }, 200), refuse(live));
  api.openapi(
    ready,
    async (c) => {
      let migrated: boolean;
      try {
        await proveWritable(app.db);
        migrated = await isMigrated(app.db, join(app.config.projectRoot, "migrations"));
      } catch (error) {
        app.log.warn("The database takes no write.", { error });
        throw new TransientError("The database takes no write.", {
          action: "See in the log whether the disk is full, or the data folder may not be written.",
          cause: error,
        });
      }
      if (!migrated)
        throw new TransientError("The database does not have the schema of this program.", {
          action: "Start the program anew: it brings the database up to date.",
        });
      return c.json({ status: "ok" as const }, 200);
    },
    refuse(ready),
  );
}
