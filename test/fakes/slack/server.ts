/** A stand-in for Slack over real HTTP: methods, pages, refusals in the body, limits and troubles. */
import type { Clock } from "@/core/services/http/clock";
import type { FakeRequest } from "../fake";
import { Grants } from "./grants";
import { methods } from "./methods";
import { Refusal, type SlackServerState } from "./state";
import type { SlackWorld } from "./world";

export type Trouble = "rate limit" | "server error" | "break off" | "slow";

export class SlackServer implements AsyncDisposable {
  readonly log: FakeRequest[] = [];
  readonly troubles: Trouble[] = [];
  readonly state: SlackServerState;
  shapeBroken = false;
  /** What every request is refused with. */
  refusal: string | undefined;
  /** What some requests are refused with. */
  refuse: ((request: { path: string }) => string | undefined) | undefined;
  listener: ((request: Omit<FakeRequest, "status">) => void) | undefined;
  readonly grants = new Grants();
  private readonly lastAsked = new Map<string, number>();
  private readonly server;

  constructor(
    world: SlackWorld,
    private readonly clock: Clock,
    given: Partial<SlackServerState> & { token: string },
  ) {
    this.state = {
      world,
      pageSize: 200,
      tier: "usual",
      generation: 0,
      hiddenBefore: "",
      emptyPages: 0,
      missingScopes: new Map(),
      ...given,
    };
    this.server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      reusePort: false,
      idleTimeout: 0,
      fetch: (request) => this.serve(request),
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.server.port}/api`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop(true);
  }

  private async serve(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const fields = new URLSearchParams(request.method === "POST" ? await request.text() : url.search);
    if (url.pathname.startsWith("/files-pri/") || url.pathname === "/sign-in") return this.file(url, request);
    const method = url.pathname.replace(/^\/api\//, "");
    const asked = { method: request.method, path: `/${method}?${fields.toString()}` };
    this.listener?.(asked);
    const trouble = this.troubles.shift();
    if (trouble === "slow") await this.clock.sleep(700);
    const response = this.answer(method, fields, request.headers.get("authorization"), trouble);
    this.log.push({ ...asked, status: response.status });
    if (trouble !== "break off") return response;
    const text = await response.text();
    return new Response(text.slice(0, text.length / 2), { headers: { "content-type": "application/json" } });
  }

  /** Without the scope for files Slack leads to its sign-in page. */
  private file({ pathname, origin }: URL, request: Request): Response {
    this.log.push({ method: "GET", path: pathname, status: 200 });
    if (pathname === "/sign-in")
      return new Response("<title>Sign in</title>", { headers: { "content-type": "text/html" } });
    const known = request.headers.get("authorization") === `Bearer ${this.state.token}`;
    const content = this.state.world.files.get(pathname);
    if (!known || this.state.missingScopes.has("files")) return Response.redirect(`${origin}/sign-in`, 302);
    if (content === undefined) return new Response("", { status: 404 });
    return new Response(typeof content === "string" ? content : Uint8Array.from(content));
  }

  private answer(
    method: string,
    fields: URLSearchParams,
    authorization: string | null,
    trouble: Trouble | undefined,
  ): Response {
    if (trouble === "rate limit") return this.limited(1);
    if (trouble === "server error") return this.json({ ok: false, error: "internal_error" }, 500);
    if (method === "oauth.v2.access")
      return this.json(this.grants.answer(fields, authorization, this.state.world.team));
    const token = authorization?.replace(/^Bearer /, "") ?? "";
    if (this.grants.isOver(token)) return this.json({ ok: false, error: "token_expired" });
    if (token !== this.state.token && !this.grants.accepts(token))
      return this.json({ ok: false, error: "invalid_auth" });
    const refusal = this.refusal ?? this.refuse?.({ path: `/${method}` });
    if (refusal !== undefined) return this.json({ ok: false, error: refusal });
    const needed = this.state.missingScopes.get(method);
    if (needed !== undefined)
      return this.json({ ok: false, error: "missing_scope", needed, provided: "users:read" });
    if (this.state.tier === "slow" && this.isTooSoon(method)) return this.limited(60);
    const answerOf = methods[method];
    if (answerOf === undefined) return this.json({ ok: false, error: "unknown_method" });
    try {
      const body = answerOf(this.state, fields);
      return this.json(this.shapeBroken ? { ok: true, entries: [] } : { ok: true, ...body });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.json({ ok: false, error: error.code, ...error.more });
    }
  }

  /** One request a minute of each method that gives messages. */
  private isTooSoon(method: string): boolean {
    if (method !== "conversations.history" && method !== "conversations.replies") return false;
    const now = this.clock.now();
    if (now - (this.lastAsked.get(method) ?? Number.NEGATIVE_INFINITY) < 60_000) return true;
    this.lastAsked.set(method, now);
    return false;
  }

  private limited(seconds: number): Response {
    return this.json({ ok: false, error: "ratelimited" }, 429, { "retry-after": String(seconds) });
  }

  private json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
    return Response.json(body, {
      status,
      headers: { date: new Date(this.clock.now()).toUTCString(), ...headers },
    });
  }
}
