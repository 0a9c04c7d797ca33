/**
 * A small real server with canned answers, so that each state of a view can be shown at will: the built page under
 * the product's own security headers, and an API that is filled, empty, broken or never answers.
 */
import { join } from "node:path";
import { Hono, type Context } from "hono";
import { buildClient } from "@/client/build";
import { clientServer } from "@/core/handlers/files";
import { securityHeaders } from "@/core/middlware/security-headers";
import * as own from "./console-fixtures";
import * as canned from "./fixtures";
import * as texts from "./text-fixtures";

export type Mood = "filled" | "empty" | "error" | "loading";

export interface StandIn {
  url: string;
  mood: Mood;
  /** Answers of a test's own by path; they go before the canned ones. */
  answers: Record<string, Answer>;
  /** Paths below `/api` that were asked for, in order. */
  asked: string[];
  stop: () => Promise<void>;
}

const assets = join(import.meta.dir, "../../src/assets");

/** What is answered, or a promise of it: a response as it is, anything else as JSON. */
type Answer = (c: Context) => unknown;

const started = { runId: "run-9", runs: [{ runId: "run-9", account: "x", alreadyRunning: false }] };

const windowOf = (c: Context) => ({
  offset: Number(c.req.query("offset") ?? 0),
  limit: Number(c.req.query("limit") ?? 50),
});
const local = { loginNeeded: false, passwordSet: false, caller: { kind: "local", scope: "admin" } };
const list = (c: Context) => {
  const { offset, limit } = windowOf(c);
  return { artifacts: own.artifactsPage(offset, limit), total: own.artifactCount };
};

const filled: Record<string, Answer> = {
  "/api/integrations": () => ({ integrations: canned.sources }),
  "/api/overview": () => own.overview,
  "/api/system": () => own.system,
  "/api/schedules": () => ({ schedules: own.schedules }),
  "/api/schedules/preview": () => own.preview,
  "/api/runs": (c) => {
    const wanted = c.req.query("integration");
    return { runs: canned.runs.filter((run) => wanted === undefined || run.integration === wanted) };
  },
  "/api/runs/run-3": () => canned.failedRun,
  "/api/runs/run-3/tasks": (c) => {
    const { offset, limit } = windowOf(c);
    const failed = c.req.query("status") === "FAILED";
    const syncTasks = failed ? [canned.failedTask] : own.tasksPage(offset, limit);
    return { steps: own.steps, syncTasks, total: failed ? 1 : own.taskCount };
  },
  "/api/logs": () => ({ lines: own.logLines, dropped: 0 }),
  "/api/syncTasks/recent": () => ({ syncTasks: [canned.failedTask] }),
  "/api/syncTasks/retry": () => started,
  "/api/artifacts": list,
  "/api/artifacts/Slack": list,
  "/api/search": () => texts.searchAnswer,
  "/api/artifact/art-1": () => texts.artifact,
  "/api/artifact/art-0": () => ({ ...texts.artifact, id: "art-0", title: "Handbook page 0" }),
  "/api/artifact/art-2": () => ({ ...texts.artifact, id: "art-2", title: "Handbook page 2" }),
  "/api/artifact/art-1/passages": () => ({ indexed: true, passages: own.passages }),
  "/api/artifact/art-1/related": () => ({ related: own.related }),
  "/api/artifact/hostile": () => texts.hostileArtifact,
  "/api/artifact/hostile/related": () => ({ related: [] }),
  "/api/sync/updates/Files": () => started,
  "/api/sync/Files": (c) => (c.req.method === "DELETE" ? {} : started),
  "/api/integrations/Files": () => ({ disconnected: ["a"] }),
  "/api/runs/run-2/cancel": () => ({ cancelled: true }),
  "/api/runs/run-2/pause": () => ({ paused: true }),
  "/api/tokens": () => ({ tokens: own.tokens }),
  "/api/audit": () => own.audit,
  "/api/mcpCalls": () => ({ calls: own.calls }),
  "/api/doctor": () => own.findings,
  "/api/jobs": () => ({ jobs: own.jobs }),
  "/api/jobs/clear-history/run": () => ({
    ...own.jobs[0],
    last: { at: canned.minutesAgo(0), ms: 80, error: null },
  }),
  "/api/providerRequests/GitHub": () => own.providerRequests,
  "/api/providerRequests/Linear": () => own.noRequests,
  "/mcp": () => own.tools,
};

const empty: Record<string, Answer> = {
  "/api/integrations": () => ({ integrations: canned.newSources }),
  "/api/overview": () => own.emptyOverview,
  "/api/system": () => ({
    ...own.system,
    backups: [],
    insightStates: [],
    embeddingModels: [],
    vectorIndex: { model: null, building: null, waiting: 0, problem: null },
  }),
  "/api/schedules": () => ({ schedules: [] }),
  "/api/runs": () => ({ runs: [] }),
  "/api/runs/run-3": () =>
    canned.run({ id: "run-3", seen: 0, inserted: 0, updated: 0, unchanged: 0, deleted: 0 }),
  "/api/runs/run-3/tasks": () => ({ steps: [], syncTasks: [], total: 0 }),
  "/api/logs": () => ({ lines: [], dropped: 0 }),
  "/api/syncTasks/recent": () => ({ syncTasks: [] }),
  "/api/artifacts": () => ({ artifacts: [], total: 0 }),
  "/api/search": () => ({ results: [], timings: { total: 3 }, notes: [] }),
  "/api/artifact/art-1": () => texts.emptyArtifact,
  "/api/artifact/art-1/related": () => ({ related: [] }),
  "/api/tokens": () => ({ tokens: [] }),
  "/api/audit": () => ({ events: [], total: 0 }),
  "/api/mcpCalls": () => ({ calls: [] }),
  "/api/jobs": () => ({ jobs: [] }),
  "/api/providerRequests/Linear": () => own.noRequests,
  "/mcp": () => ({ jsonrpc: "2.0", id: 1, result: { tools: [] } }),
};

const broken = { error: { code: "transient", message: "The database is busy. Try again in a moment." } };
const unknown = { error: { code: "not_found", message: "There is nothing at this address." } };

/** An event stream that says one thing and stays open, as the real one does. */
function events(): Response {
  const body = new ReadableStream<string>({
    start: (stream) => stream.enqueue(`event: run\ndata: ${JSON.stringify(canned.runningRun)}\n\n`),
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { "content-type": "text/event-stream" },
  });
}

async function answerApi(c: Context, state: StandIn): Promise<Response> {
  state.asked.push(`${c.req.method} ${c.req.path}`);
  if (c.req.path === "/api/session") return c.json(local);
  if (c.req.path === "/api/events") return state.mood === "filled" ? events() : quietEvents();
  if (state.mood === "loading") return new Promise<Response>(() => {});
  if (state.mood === "error") return c.json(broken, 503);
  const answer = state.answers[c.req.path] ?? (state.mood === "empty" ? empty : filled)[c.req.path];
  if (answer === undefined) return c.json(unknown, 404);
  const given = await answer(c);
  return given instanceof Response ? given : c.json(given as object);
}

function quietEvents(): Response {
  return new Response(new ReadableStream({ start: () => {} }), {
    headers: { "content-type": "text/event-stream" },
  });
}

/** The page, built once for all stand-ins of a test file. */
const once: { built?: ReturnType<typeof buildClient> } = {};

/** Starts the stand-in, on a free port unless one is named. Set `mood` to choose what it answers. */
export async function startStandIn(mood: Mood, port = 0): Promise<StandIn> {
  const page = clientServer(() => (once.built ??= buildClient()));
  const app = new Hono().use(securityHeaders());
  const state: StandIn = { url: "", mood, answers: {}, asked: [], stop: async () => {} };
  app.all("/api/*", (c) => answerApi(c, state));
  app.post("/mcp", (c) => answerApi(c, state));
  app.get("/assets/:name", (c) => new Response(Bun.file(join(assets, c.req.param("name")))));
  app.get("*", async (c) => (await page(c.req.path, c.req.header("accept-encoding"))) ?? c.notFound());
  const server = Bun.serve({ port, hostname: "127.0.0.1", idleTimeout: 0, fetch: app.fetch });
  state.url = `http://127.0.0.1:${server.port}`;
  state.stop = () => server.stop(true);
  return state;
}
