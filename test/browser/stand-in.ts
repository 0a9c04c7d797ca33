/**
 * A small real server with canned answers, so that each state of a view can be shown at will: the built page under
 * the product's own security headers, and an API that is filled, empty, broken or never answers.
 */
import { join } from "node:path";
import { Hono, type Context } from "hono";
import { buildClient } from "@/client/build";
import { securityHeaders } from "@/core/middlware/security-headers";
import * as canned from "./fixtures";
import * as texts from "./text-fixtures";

export type Mood = "filled" | "empty" | "error" | "loading";

export interface StandIn {
  url: string;
  mood: Mood;
  /** Paths below `/api` that were asked for, in order. */
  asked: string[];
  stop: () => Promise<void>;
}

const assets = join(import.meta.dir, "../../src/assets");

type Answer = (c: Context) => unknown;

const started = { runId: "run-9", runs: [{ runId: "run-9", account: "x", alreadyRunning: false }] };

const filled: Record<string, Answer> = {
  "/api/integrations": () => ({ integrations: canned.sources }),
  "/api/runs": () => ({ runs: canned.runs }),
  "/api/syncTasks/recent": () => ({ syncTasks: [canned.failedTask] }),
  "/api/search": () => texts.searchAnswer,
  "/api/artifact/art-1": () => texts.artifact,
  "/api/artifact/hostile": () => texts.hostileArtifact,
  "/api/sync/updates/Files": () => started,
  "/api/sync/Files": (c) => (c.req.method === "DELETE" ? {} : started),
  "/api/runs/run-2/cancel": () => ({ cancelled: true }),
};

const empty: Record<string, Answer> = {
  "/api/integrations": () => ({ integrations: canned.newSources }),
  "/api/runs": () => ({ runs: [] }),
  "/api/syncTasks/recent": () => ({ syncTasks: [] }),
  "/api/search": () => ({ results: [], timings: { total: 3 }, notes: [] }),
  "/api/artifact/art-1": () => texts.emptyArtifact,
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

function answerApi(c: Context, state: StandIn): Response | Promise<Response> {
  state.asked.push(`${c.req.method} ${c.req.path}`);
  if (c.req.path === "/api/events") return state.mood === "filled" ? events() : quietEvents();
  if (state.mood === "loading") return new Promise<Response>(() => {});
  if (state.mood === "error") return c.json(broken, 503);
  const answer = (state.mood === "empty" ? empty : filled)[c.req.path];
  return answer === undefined ? c.json(unknown, 404) : c.json(answer(c) as object);
}

function quietEvents(): Response {
  return new Response(new ReadableStream({ start: () => {} }), {
    headers: { "content-type": "text/event-stream" },
  });
}

/** Starts the stand-in on a free port. Set `mood` to choose what it answers. */
export async function startStandIn(mood: Mood): Promise<StandIn> {
  const files = await buildClient();
  const app = new Hono().use(securityHeaders());
  const state: StandIn = { url: "", mood, asked: [], stop: async () => {} };
  app.all("/api/*", (c) => answerApi(c, state));
  app.get("/assets/:name", (c) => new Response(Bun.file(join(assets, c.req.param("name")))));
  app.get("*", (c) => {
    const file = files.get(c.req.path) ?? files.get("/");
    // A string or bytes; the DOM's type of a body leaves out shared buffers, which these never are.
    return new Response(file?.body as BodyInit, { headers: { "content-type": file?.type ?? "text/plain" } });
  });
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", idleTimeout: 0, fetch: app.fetch });
  state.url = `http://127.0.0.1:${server.port}`;
  state.stop = () => server.stop(true);
  return state;
}
