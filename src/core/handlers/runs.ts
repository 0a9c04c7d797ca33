import { createRoute, z } from "@hono/zod-openapi";
import { findRun, listRuns } from "@/core/db/queries/runs";
import { stepsOfRun, tasksOfRun } from "@/core/db/queries/run-tasks";
import { runsAnswerSchema, runTasksAnswerSchema } from "@/core/models/api";
import type { Db } from "@/core/models/database";
import { runStates, type SyncRun, syncRunSchema, taskStatuses } from "@/core/models/sync";
import type { App } from "@/core/services/app";
import { unknownRun } from "@/core/services/sync/unknown-run";
import { type Api, failures, idParam, jsonAnswer, noQuery, queryNumber } from "./schemas";
import { refuse } from "./validation";

const list = createRoute({
  method: "get",
  path: "/api/runs",
  summary: "Syncs, newest first",
  request: {
    query: z.strictObject({
      integration: z.string().min(1).max(100).optional(),
      account: z.string().min(1).max(500).optional(),
      state: z.enum(runStates).optional(),
      offset: queryNumber({ minimum: 0, maximum: 999_999_999, default: 0 }),
      limit: queryNumber({ minimum: 1, maximum: 200, default: 50 }),
    }),
  },
  responses: { 200: jsonAnswer("The runs", runsAnswerSchema), ...failures },
});

const one = createRoute({
  method: "get",
  path: "/api/runs/{id}",
  summary: "One sync",
  request: { params: idParam, query: noQuery },
  responses: { 200: jsonAnswer("The run", syncRunSchema), ...failures },
});

const tasks = createRoute({
  method: "get",
  path: "/api/runs/{id}/tasks",
  summary: "What a sync did: its steps, and its tasks a page at a time, oldest first",
  request: {
    params: idParam,
    query: z.strictObject({
      status: z.enum(taskStatuses).optional().describe("Only tasks that stand like this"),
      offset: queryNumber({ minimum: 0, maximum: 999_999_999, default: 0 }),
      limit: queryNumber({ minimum: 1, maximum: 500, default: 200 }),
    }),
  },
  responses: {
    200: jsonAnswer("The steps, one page of tasks, and how many there are", runTasksAnswerSchema),
    ...failures,
  },
});

const cancel = createRoute({
  method: "post",
  path: "/api/runs/{id}/cancel",
  summary: "Ask a sync to stop at its next page",
  request: { params: idParam, query: noQuery },
  responses: {
    200: jsonAnswer("Whether it was still to be stopped", z.object({ cancelled: z.boolean() })),
    ...failures,
  },
});

const pause = createRoute({
  method: "post",
  path: "/api/runs/{id}/pause",
  summary: "Ask a sync to stand still at its next page until it is resumed",
  request: { params: idParam, query: noQuery },
  responses: {
    200: jsonAnswer("Whether it was still to be paused", z.object({ paused: z.boolean() })),
    ...failures,
  },
});

const resume = createRoute({
  method: "post",
  path: "/api/runs/{id}/resume",
  summary: "Go on with a paused, parked or interrupted sync where it stands",
  request: { params: idParam, query: noQuery },
  responses: {
    202: jsonAnswer("The run", z.object({ runId: z.string(), alreadyRunning: z.boolean() })),
    ...failures,
  },
});

/** `/api/runs`: syncs as a whole. */
export function runRoutes(api: Api, app: App): void {
  api.openapi(
    list,
    async (c) => {
      const { integration, state, ...page } = c.req.valid("query");
      const name = integration === undefined ? undefined : app.registry.find(integration).config.integration;
      const states = state === undefined ? undefined : [state];
      return c.json({ runs: await listRuns(app.db, { ...page, integration: name, states }) }, 200);
    },
    refuse(list),
  );
  api.openapi(one, async (c) => c.json(await runOf(app.db, c.req.valid("param").id), 200), refuse(one));
  api.openapi(
    tasks,
    async (c) => {
      const { id } = await runOf(app.db, c.req.valid("param").id);
      const [steps, page] = await Promise.all([
        stepsOfRun(app.db, id),
        tasksOfRun(app.db, id, c.req.valid("query")),
      ]);
      return c.json({ steps, ...page }, 200);
    },
    refuse(tasks),
  );
  api.openapi(
    cancel,
    async (c) => {
      const run = await runOf(app.db, c.req.valid("param").id);
      return c.json({ cancelled: await app.runner.cancel(run.id) }, 200);
    },
    refuse(cancel),
  );
  api.openapi(
    pause,
    async (c) => {
      const run = await runOf(app.db, c.req.valid("param").id);
      return c.json({ paused: await app.runner.pause(run.id) }, 200);
    },
    refuse(pause),
  );
  api.openapi(
    resume,
    async (c) => {
      const { runId, alreadyRunning } = await app.runner.resume(c.req.valid("param").id);
      return c.json({ runId, alreadyRunning }, 202);
    },
    refuse(resume),
  );
}

async function runOf(db: Db, id: string): Promise<SyncRun> {
  const run = await findRun(db, id);
  if (run === undefined) throw unknownRun(id);
  return run;
}
