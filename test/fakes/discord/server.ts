/** A stand-in for Discord's API over real HTTP: its routes, pages, limits, refusals and troubles. */
import { createLimits, generousLimits, type LimitOptions, refused } from "./limits";
import { Refusal, routes } from "./routes";
import type { DiscordWorld } from "./world";

export type Trouble = "error" | "page" | "broken" | "cut" | "slow" | "limited" | "shape";

export interface AskedRequest {
  method: string;
  /** Path with query. */
  path: string;
  /** Path with `:id` for ids. */
  route: string;
  status: number;
}

export interface DiscordServer extends AsyncDisposable {
  /** As it stands before `/users/@me`. */
  url: string;
  requests: AskedRequest[];
  /** Troubles that the next requests meet, in this order. */
  troubles: Trouble[];
  /** Called before each request is answered. */
  onRequest: ((request: Omit<AskedRequest, "status">) => void) | undefined;
  /** A trouble that every request meets. */
  always: Trouble | undefined;
  /** Requests for which this says yes are refused with 403, whatever the rights say. */
  onRefuse: ((request: { path: string }) => boolean) | undefined;
  /** Looks at every successful answer. */
  onAnswer: ((route: string, body: unknown) => void) | undefined;
}

export function serveDiscord(
  world: DiscordWorld,
  {
    limits = generousLimits,
    now = Date.now,
    sleep = Bun.sleep,
  }: { limits?: LimitOptions; now?: () => number; sleep?: (ms: number) => Promise<void> } = {},
): DiscordServer {
  const judge = createLimits(limits, now);
  const requests: AskedRequest[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    reusePort: false,
    idleTimeout: 0,
    fetch: async (request) => {
      const url = new URL(request.url);
      const path = url.pathname.replace(/^\/api\/v10/, "") + url.search;
      const { route, ids } = templateOf(url.pathname.replace(/^\/api\/v10/, ""));
      const asked = { method: request.method, path, route };
      made.onRequest?.(asked);
      const response = await answer(request, { route, ids, query: url.searchParams });
      requests.push({ ...asked, status: response.status });
      return response;
    },
  });

  async function answer(
    request: Request,
    { route, ids, query }: { route: string; ids: string[]; query: URLSearchParams },
  ): Promise<Response> {
    const trouble = made.troubles.shift() ?? made.always;
    if (trouble === "slow") await sleep(700);
    else if (trouble !== undefined && trouble !== "shape") return troubled(trouble);
    if (!/^DiscordBot \(.+, .+\)/.test(request.headers.get("user-agent") ?? ""))
      return Response.json({ message: "internal network error", code: 40333 }, { status: 403 });
    if (request.headers.get("authorization") !== `Bot ${world.token}`)
      return Response.json({ message: "401: Unauthorized", code: 0 }, { status: 401 });
    if (made.onRefuse?.({ path: new URL(request.url).pathname }) === true)
      return Response.json({ message: "Missing Access", code: 50001 }, { status: 403 });
    const verdict = judge(route, ids[0] ?? "");
    const refusal = refused(verdict);
    if (refusal !== undefined) return refusal;
    const answerOf = routes[route];
    if (answerOf === undefined || request.method !== "GET")
      return Response.json({ message: "404: Not Found", code: 0 }, { status: 404, headers: verdict.headers });
    try {
      const body = answerOf({ world, ids, query });
      made.onAnswer?.(route, body);
      const shaped = trouble === "shape" ? { unexpected: true } : body;
      return Response.json(shaped, { headers: verdict.headers });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const body = { message: error.message, code: error.code };
      return Response.json(body, { status: error.status, headers: verdict.headers });
    }
  }

  const made: DiscordServer = {
    url: `http://127.0.0.1:${server.port}`,
    requests,
    troubles: [],
    onRequest: undefined,
    onAnswer: undefined,
    onRefuse: undefined,
    always: undefined,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
  return made;
}

function templateOf(path: string): { route: string; ids: string[] } {
  const ids: string[] = [];
  const route = path.replaceAll(/\/(\d+)(?=\/|$)/g, (_whole, id: string) => {
    ids.push(id);
    return "/:id";
  });
  return { route, ids };
}

function troubled(trouble: Trouble): Response {
  const html = { "Content-Type": "text/html" };
  if (trouble === "page")
    return new Response("<html><h1>502 Bad Gateway</h1></html>", { status: 200, headers: html });
  if (trouble === "broken")
    return new Response('[{"id": "1', { headers: { "Content-Type": "application/json" } });
  if (trouble === "cut") {
    const headers = { "Content-Type": "application/json", "Content-Length": "5000" };
    return new Response('[{"id":', { headers });
  }
  if (trouble === "limited") {
    const verdict = { headers: {}, refusal: { retryAfter: 0.85, scope: "user" as const } };
    return refused(verdict) ?? new Response();
  }
  return Response.json({ message: "upstream connect error", code: 0 }, { status: 503 });
}
