import { createRoute, z } from "@hono/zod-openapi";
import {
  scheduleInputSchema,
  schedulePreviewSchema,
  scheduleSchema,
  schedulesAnswerSchema,
  scheduleTimeSchema,
} from "@/core/models/schedule";
import { syncModes } from "@/core/models/sync";
import type { App } from "@/core/services/app";
import { type Api, failures, integrationParam, jsonAnswer, jsonBody, noQuery } from "./schemas";
import { refuse } from "./validation";

const account = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .describe("The schedule of this account; without it, of all accounts that have none of their own");

const listAll = createRoute({
  method: "get",
  path: "/api/schedules",
  summary: "When accounts sync by themselves",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("The schedules", schedulesAnswerSchema), ...failures },
});

const listOne = createRoute({
  method: "get",
  path: "/api/schedules/{integration}",
  summary: "Schedules of an integration, or of one account",
  request: {
    params: integrationParam,
    query: z.strictObject({ account: account.describe("Only the schedules of this account") }),
  },
  responses: { 200: jsonAnswer("The schedules", schedulesAnswerSchema), ...failures },
});

const put = createRoute({
  method: "put",
  path: "/api/schedules/{integration}",
  summary: "Make a schedule, or change the one of the same account and mode",
  request: {
    params: integrationParam,
    query: z.strictObject({ account }),
    body: jsonBody(scheduleInputSchema),
  },
  responses: { 200: jsonAnswer("The schedule as it is now", scheduleSchema), ...failures },
});

const remove = createRoute({
  method: "delete",
  path: "/api/schedules/{integration}",
  summary: "Remove a schedule; nothing is started by it any more",
  request: {
    params: integrationParam,
    query: z.strictObject({ account, mode: z.enum(syncModes).optional().describe("Only of this mode") }),
  },
  responses: {
    200: jsonAnswer("How many were removed", z.object({ removed: z.number().int() })),
    ...failures,
  },
});

const preview = createRoute({
  method: "post",
  path: "/api/schedules/preview",
  summary: "What a time means: in plain words, and its next five runs",
  request: { query: noQuery, body: jsonBody(scheduleTimeSchema) },
  responses: { 200: jsonAnswer("The time, read", schedulePreviewSchema), ...failures },
});

/** `/api/schedules`: see, make and remove schedules. */
export function scheduleRoutes(api: Api, { schedules }: Pick<App, "schedules">): void {
  api.openapi(listAll, async (c) => c.json({ schedules: await schedules.list() }, 200), refuse(listAll));
  api.openapi(preview, (c) => c.json(schedules.preview(c.req.valid("json")), 200), refuse(preview));
  api.openapi(
    listOne,
    async (c) => {
      const filter = { ...c.req.valid("param"), ...c.req.valid("query") };
      return c.json({ schedules: await schedules.list(filter) }, 200);
    },
    refuse(listOne),
  );
  api.openapi(
    put,
    async (c) => {
      const target = { ...c.req.valid("param"), ...c.req.valid("query") };
      return c.json(await schedules.set(target, c.req.valid("json")), 200);
    },
    refuse(put),
  );
  api.openapi(
    remove,
    async (c) => {
      const target = { ...c.req.valid("param"), ...c.req.valid("query") };
      return c.json({ removed: await schedules.remove(target) }, 200);
    },
    refuse(remove),
  );
}
