/** An OAuth provider on loopback that rotates refresh tokens strictly, with an API that takes its newest tokens alone. */
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { OAuth2Server } from "oauth2-mock-server";

/** Planted as tokens; found nowhere but in the vault. */
export const tokenCanary = "canary-oauth-5e21";

export interface TokenAnswer {
  statusCode: number;
  body: Record<string, unknown> | "";
}

export class OAuthProvider implements AsyncDisposable {
  private readonly server = new OAuth2Server();
  private readonly api: ReturnType<typeof Bun.serve>;
  private made = 0;
  /** Refresh tokens that count. Each counts once. */
  readonly refreshTokens = new Set<string>();
  readonly accessTokens = new Set<string>();
  /** Bodies of the revocations so far. */
  readonly revoked: Promise<string>[] = [];
  /** Bodies of the token requests so far. */
  readonly asked: Record<string, unknown>[] = [];
  readonly authorizations: (string | undefined)[] = [];
  /** Seconds a token lives; undefined: the provider does not say. */
  expiresIn: number | undefined = 3_600;
  /** Whether refreshing gives a new refresh token, and ends the old one. */
  rotates = true;
  /** Changes the answer of the token endpoint. */
  onToken: (answer: TokenAnswer, asked: Record<string, unknown>) => void = () => undefined;
  revokeStatus = 200;
  user: Record<string, unknown> = { sub: "u-1", name: "Ada's workspace" };
  /** Answers in the place of the API, to play its faults. */
  onApi: (request: Request, token: string) => Response | undefined = () => undefined;
  /** All that was sent to the API, headers included. */
  readonly heard: string[] = [];
  /** What the one item says. */
  itemText = "# Mail\n\nZebras cross the road at dawn.";
  /** Requests at the API, by status. */
  readonly served: number[] = [];

  private constructor() {
    this.api = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: (request) => this.answerApi(request) });
  }

  static async start(): Promise<OAuthProvider> {
    const provider = new OAuthProvider();
    const { server } = provider;
    await server.issuer.keys.generate("RS256");
    await server.start(0, "127.0.0.1");
    server.service.on("beforeResponse", (answer: TokenAnswer, request: { body: object; headers: object }) => {
      const asked = { ...request.body };
      provider.asked.push(asked);
      provider.authorizations.push(new Map(Object.entries(request.headers)).get("authorization"));
      provider.grant(answer, asked);
      provider.onToken(answer, asked);
    });
    server.service.on("beforeRevoke", (answer: { statusCode: number }, request: IncomingMessage) => {
      provider.revoked.push(text(request));
      answer.statusCode = provider.revokeStatus;
    });
    return provider;
  }

  get url(): string {
    return this.server.issuer.url ?? "";
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.api.port}`;
  }

  /** What an operator allows so that the program may call it. */
  get hosts(): string {
    return [this.url, this.apiUrl].map((url) => new URL(url).host).join(",");
  }

  /** Ends every access token, as if it had expired at once. */
  endAccess(): void {
    this.accessTokens.clear();
  }

  get refreshes(): number {
    return this.asked.filter((asked) => asked["grant_type"] === "refresh_token").length;
  }

  /** Changes the way back before the browser is sent on it. */
  onRedirect(change: (url: URL) => void): void {
    this.server.service.once("beforeAuthorizeRedirect", ({ url }: { url: URL }) => change(url));
  }

  private grant(answer: TokenAnswer, asked: Record<string, unknown>): void {
    const sent = z.string().catch("").parse(asked["refresh_token"]);
    const isRefresh = asked["grant_type"] === "refresh_token";
    if (isRefresh && !this.refreshTokens.has(sent)) {
      Object.assign(answer, { statusCode: 400, body: { error: "invalid_grant" } });
      return;
    }
    this.made++;
    const access = `${tokenCanary}-access-${this.made}`;
    const refresh = isRefresh && !this.rotates ? undefined : `${tokenCanary}-refresh-${this.made}`;
    if (isRefresh && this.rotates) this.refreshTokens.delete(sent);
    if (refresh !== undefined) this.refreshTokens.add(refresh);
    this.accessTokens.add(access);
    answer.body = { access_token: access, token_type: "Bearer", scope: "read" };
    if (refresh !== undefined) answer.body["refresh_token"] = refresh;
    if (this.expiresIn !== undefined) answer.body["expires_in"] = this.expiresIn;
  }

  private answerApi(request: Request): Response {
    const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
    this.heard.push(`${request.url} ${JSON.stringify([...request.headers])}`);
    const fault = this.onApi(request, token);
    if (fault !== undefined) return fault;
    const status = this.accessTokens.has(token) ? 200 : 401;
    this.served.push(status);
    if (status === 401) return Response.json({ error: `${token} does not count` }, { status });
    if (new URL(request.url).pathname === "/me") return Response.json(this.user);
    return Response.json({ items: [{ id: "m1", text: this.itemText }] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.api.stop(true);
    await this.server.stop();
  }
}
