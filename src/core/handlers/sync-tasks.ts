import { createRoute, z } from "@hono/zod-openapi";
import { listTasks, recentTasks } from "@/core/db/queries/tasks";
import { startedSyncSchema, tasksAnswerSchema } from "@/core/models/api";
import { taskStatuses } from "@/core/models/sync";
import type { App } from "@/core/services/app";
import { type Api, failures, jsonAnswer, noQuery, optionalJsonBody } from "./schemas";
import { refuse } from "./validation";

const recent = createRoute({
  method: "get",
  path: "/api/syncTasks/recent",
  summary: "Steps that went on lately, and the failures of the last day that still stand",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("The steps, newest first", tasksAnswerSchema), ...failures },
});

const page = createRoute({
  method: "get",
  path: "/api/syncTasks/{integration}/{page}",
  summary: "Steps of an integration, a page at a time",
  request: {
    params: z.strictObject({
      integration: z.string().min(1).max(100),
      page: z
        .string()
        .regex(/^\d{1,6}$/, "takes a page number, counted from 0")
        .transform(Number)
        .openapi({ type: "integer", minimum: 0 }),
    }),
    query: z.strictObject({
      status: z.enum(taskStatuses).optional().describe("Only steps that stand like this"),
      runId: z.string().min(1).optional().describe("Only steps of this run"),
    }),
  },
  responses: { 200: jsonAnswer("The steps, newest first", tasksAnswerSchema), ...failures },
});

const retry = createRoute({
  method: "post",
  path: "/api/syncTasks/retry",
  summary: "Try failed steps again",
  request: {
    query: noQuery,
    body: optionalJsonBody(
      z.strictObject({
        integration: z.string().min(1).max(100).optional().describe("Only this integration's"),
        taskIds: z.array(z.string()).max(1_000).optional().describe("Only these steps"),
      }),
    ),
  },
  responses: {
    202: jsonAnswer(
      "The syncs that were started; none when nothing had failed",
      startedSyncSchema.pick({ runs: true }),
    ),
    ...failures,
  },
});

/** `/api/syncTasks`: what syncs did, step by step. */
export function syncTaskRoutes(api: Api, app: App): void {
  api.openapi(recent, async (c) => c.json({ syncTasks: await recentTasks(app.db) }, 200), refuse(recent));
  api.openapi(
    page,
    async (c) => {
      const { integration, page: number } = c.req.valid("param");
      const { config } = app.registry.find(integration);
      return c.json(
        { syncTasks: await listTasks(app.db, config.integration, number, c.req.valid("query")) },
        200,
      );
    },
    refuse(page),
  );
  api.openapi(
    retry,
    async (c) => c.json({ runs: await app.runner.retryFailed(c.req.valid("json")) }, 202),
    refuse(retry),
  );
}
