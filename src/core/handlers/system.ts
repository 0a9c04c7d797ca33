import { createRoute, z } from "@hono/zod-openapi";
import {
  doctorAnswerSchema,
  logsAnswerSchema,
  mcpCallsAnswerSchema,
  systemSchema,
} from "@/core/models/system";
import type { App } from "@/core/services/app";
import { createDoctor } from "@/core/services/system/run-doctor";
import { readSystem } from "@/core/services/system/system";
import { type Api, failures, jsonAnswer, noQuery, queryNumber } from "./schemas";
import { refuse } from "./validation";

const system = createRoute({
  method: "get",
  path: "/api/system",
  summary: "This installation: folders, models, retention, key, backups; never a secret",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("The installation", systemSchema), ...failures },
});

const doctor = createRoute({
  method: "post",
  path: "/api/doctor",
  summary: "Look for what is wrong, as `stoneturner doctor` does, in a process of its own",
  request: { query: noQuery },
  responses: {
    200: jsonAnswer("What was found; wrong where there is a fix", doctorAnswerSchema),
    ...failures,
  },
});

const logs = createRoute({
  method: "get",
  path: "/api/logs",
  summary:
    "The newest log lines, redacted: of one sync, as long as it is kept, or of this process since its start",
  request: {
    query: z.strictObject({
      runId: z.string().min(1).max(200).optional().describe("Only lines of this sync"),
      limit: queryNumber({ minimum: 1, maximum: 1_000, default: 200 }),
    }),
  },
  responses: { 200: jsonAnswer("The lines, newest first", logsAnswerSchema), ...failures },
});

const mcpCalls = createRoute({
  method: "get",
  path: "/api/mcpCalls",
  summary: "The newest tool calls of agents, over HTTP and over standard input, without their arguments",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("The calls, newest first", mcpCallsAnswerSchema), ...failures },
});

/** `/api/system`, `/api/doctor`, `/api/logs`, `/api/mcpCalls`: the installation itself. */
export function systemRoutes(api: Api, app: App): void {
  api.openapi(system, async (c) => c.json(await readSystem(app), 200), refuse(system));
  const examine = createDoctor(app.config);
  api.openapi(doctor, async (c) => c.json(await examine(), 200), refuse(doctor));
  api.openapi(logs, async (c) => c.json(await readLogs(app, c.req.valid("query")), 200), refuse(logs));
  api.openapi(mcpCalls, async (c) => c.json({ calls: await app.mcpCalls.read() }, 200), refuse(mcpCalls));
}

async function readLogs(
  { runLog, logMemory }: App,
  { runId, limit }: { runId?: string | undefined; limit: number },
) {
  return runId === undefined ? { lines: logMemory.read(limit), dropped: 0 } : runLog.read(runId, limit);
}
