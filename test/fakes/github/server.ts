/** GitHub's API over real HTTP: who asks, how often, and with which ETag; troubles in its own words. */
import type { Clock } from "@/core/services/http/clock";
import { sha256 } from "@/lib/hash";
import type { FakeRequest } from "../fake";
import { gitState, packAnswer, refsAnswer } from "./git";
import { graphqlAnswer, type GraphqlRequest } from "./graphql";
import type { RotatingOAuth } from "../rotating-oauth";
import { githubOAuthFake } from "./oauth";
import { type Answer, refusal, restAnswer } from "./rest";
import { Shapes } from "./shapes";
import { nameOf } from "./expected";
import { type GithubWorld } from "./world";

type Trouble = "rate limit" | "secondary limit" | "server error" | "break off" | "slow";

export interface ServerOptions {
  world: GithubWorld;
  clock: Clock;
  token: string;
  mostPerPage: number;
  login: string;
}

export class GithubServer {
  readonly log: FakeRequest[] = [];
  readonly troubles: { kind: Trouble; left: number }[] = [];
  /** Status by full name that a repository's contents are refused with. */
  readonly blocked = new Map<string, number>();
  /** Tokens that are accepted. */
  readonly tokens: Set<string>;
  broken = false;
  /** Git refuses the token, as it does where one may not read wikis. */
  wikisClosed = false;
  /** Questions for more nodes take too long, and end as GitHub's do. */
  mostNodes = 100;
  /** Requests that count against the hourly limit; a 304 does not. */
  counted = 0;
  hourly = 5_000;
  listener: ((request: Omit<FakeRequest, "status">) => void) | undefined;
  private readonly server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request) => this.serve(request),
  });
  readonly url = `http://127.0.0.1:${this.server.port}`;
  readonly oauth: RotatingOAuth;
  private readonly shapes: Shapes;

  constructor(readonly options: ServerOptions) {
    this.tokens = new Set([options.token]);
    this.oauth = githubOAuthFake(this.tokens);
    this.shapes = new Shapes(options.world, this.url);
  }

  stop(): Promise<void> {
    return this.server.stop(true);
  }

  private async serve(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const asked = { method: request.method, path: url.pathname + url.search };
    this.listener?.(asked);
    const trouble = this.troubles.find(({ left }) => left > 0);
    if (trouble !== undefined) trouble.left--;
    if (trouble?.kind === "slow") await Bun.sleep(60);
    const body = request.method === "POST" ? await request.text() : "";
    const wiki =
      trouble === undefined || trouble.kind === "slow" ? this.wiki(url, request.headers) : undefined;
    if (wiki !== undefined) {
      this.log.push({ ...asked, status: wiki.status });
      return wiki;
    }
    const answer = await this.answer(url, body, request.headers, trouble?.kind);
    const response = this.responseTo(answer, request.headers.get("if-none-match"), url);
    this.log.push({ ...asked, status: response.status });
    if (trouble?.kind !== "break off") return response;
    const text = await response.text();
    return new Response(text.slice(0, text.length / 2), { headers: { "content-type": "application/json" } });
  }

  private async answer(
    url: URL,
    body: string,
    headers: Headers,
    trouble: Trouble | undefined,
  ): Promise<Answer> {
    if (url.pathname === "/login/oauth/access_token") return this.oauth.token(new URLSearchParams(body));
    if (trouble === "server error") return refusal(502, "Server Error");
    if (trouble === "secondary limit")
      return refusal(
        403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        {
          "retry-after": "1",
        },
      );
    const token = headers.get("authorization")?.replace("Bearer ", "") ?? "";
    if (!this.tokens.has(token)) return refusal(401, "Bad credentials");
    if (trouble === "rate limit" || this.counted >= this.hourly)
      return this.exhausted(url.pathname === "/graphql");
    if (url.pathname === "/graphql") return this.graphql(JSON.parse(body));
    const answer = restAnswer(url, { ...this.options, shapes: this.shapes }, this.blocked);
    return this.broken && answer.status === 200 ? { ...answer, body: { rows: answer.body } } : answer;
  }

  /** Wikis are git repositories, at the site that people see; git takes the token as a password. */
  private wiki({ pathname }: URL, headers: Headers): Response | undefined {
    const [, name, service] =
      /^\/([^/]+\/[^/]+)\.wiki\.git\/(info\/refs|git-upload-pack)$/.exec(pathname) ?? [];
    if (name === undefined) return undefined;
    const password = atob(headers.get("authorization")?.replace("Basic ", "") ?? "").replace(
      "x-access-token:",
      "",
    );
    if (this.wikisClosed || !this.tokens.has(password))
      return new Response("Bad credentials", { status: 401 });
    const repository = this.options.world.repositories.find((one) => nameOf(one) === name);
    if (repository?.wiki === undefined || repository.wiki.size === 0)
      return new Response("Not found", { status: 404 });
    const { head, pack } = gitState(repository.wiki);
    return new Response(new Uint8Array(service === "info/refs" ? refsAnswer(head) : packAnswer(head, pack)));
  }

  private async graphql(asked: GraphqlRequest): Promise<Answer> {
    const { world, mostPerPage } = this.options;
    const ids = asked.variables["ids"];
    if (Array.isArray(ids) && ids.length > this.mostNodes)
      return refusal(502, "We couldn't respond to your request in time.");
    const { data, errors } = await graphqlAnswer(world, asked, mostPerPage);
    const gone = asked.query.includes("nodes(ids") && JSON.stringify(data).includes("null");
    const missing = gone
      ? [{ type: "NOT_FOUND", path: ["nodes"], message: "Could not resolve to a node." }]
      : [];
    const all = [...(errors ?? []).map(({ message }) => ({ message })), ...missing];
    return {
      status: 200,
      body: { data: this.broken ? {} : data, ...(all.length === 0 ? {} : { errors: all }) },
    };
  }

  /** The hourly limit. GraphQL reports it with status 200. */
  private exhausted(isGraphql: boolean): Answer {
    const reset = Math.ceil(this.options.clock.now() / 1_000) + 1;
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) };
    const message = "API rate limit exceeded for user ID 1.";
    if (isGraphql) return { status: 200, body: { errors: [{ type: "RATE_LIMITED", message }] }, headers };
    return refusal(403, message, headers);
  }

  private responseTo({ status, body, headers = {} }: Answer, known: string | null, url: URL): Response {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    // A page that is full stays as it is when one more begins, and its link says so.
    const etag = `W/"${sha256(text + (headers["link"] ?? ""))}"`;
    const isKnown = status === 200 && known === etag;
    if (!isKnown) this.counted++;
    const all = {
      "content-type": "application/json; charset=utf-8",
      date: new Date(this.options.clock.now()).toUTCString(),
      "x-github-media-type": "github.v3; format=json",
      "x-github-api-version-selected": "2022-11-28",
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": String(Math.max(1, this.hourly - this.counted)),
      "x-ratelimit-reset": String(Math.ceil(this.options.clock.now() / 1_000) + 3_600),
      "x-ratelimit-resource": url.pathname === "/graphql" ? "graphql" : "core",
      ...(status === 200 && url.pathname !== "/graphql" ? { etag } : {}),
      ...headers,
    };
    return isKnown
      ? new Response(null, { status: 304, headers: all })
      : new Response(text, { status, headers: all });
  }
}
