import { createRoute, z } from "@hono/zod-openapi";
import { jobsAnswerSchema, jobStateSchema } from "@/core/models/job";
import type { App } from "@/core/services/app";
import { type Api, failures, jsonAnswer, noQuery } from "./schemas";
import { refuse } from "./validation";

const list = createRoute({
  method: "get",
  path: "/api/jobs",
  summary: "What the installation does by itself, when next, and how it went last",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("The jobs", jobsAnswerSchema), ...failures },
});

const run = createRoute({
  method: "post",
  path: "/api/jobs/{name}/run",
  summary: "Run one of them now; answers when it has ended",
  request: { params: z.object({ name: z.string().min(1).max(100) }), query: noQuery },
  responses: { 200: jsonAnswer("The job as it is now", jobStateSchema), ...failures },
});

/** `/api/jobs`: see and run what the installation does by itself. */
export function jobRoutes(api: Api, { jobs }: Pick<App, "jobs">): void {
  api.openapi(list, async (c) => c.json({ jobs: await jobs.list() }, 200), refuse(list));
  api.openapi(run, async (c) => c.json(await jobs.run(c.req.valid("param").name), 200), refuse(run));
}
