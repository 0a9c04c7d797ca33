/** The OAuth side of a fake workspace: consent, tokens by code and by refresh token, revocation. */
import { z } from "zod";
import type { Reply } from "./errors";

export const CLIENT = { id: "f00d0000-0000-4000-8000-000000000000", secret: "secret_fakeclient0123456789" };

const grants = z.union([
  z.looseObject({ grant_type: z.literal("authorization_code"), code: z.string(), redirect_uri: z.string() }),
  z.looseObject({ grant_type: z.literal("refresh_token"), refresh_token: z.string() }),
]);

export class FakeOAuth {
  /** Access tokens that count. */
  readonly accepted = new Set<string>();
  readonly revoked: string[] = [];
  refreshes = 0;
  private readonly codes = new Map<string, string>();
  private readonly refreshTokens = new Set<string>();
  private made = 0;

  /** What a person's consent answers: back to the application with a code. */
  authorize(url: URL): Reply {
    const redirect = url.searchParams.get("redirect_uri");
    const known = url.searchParams.get("client_id") === CLIENT.id && url.searchParams.get("owner") === "user";
    if (!known || redirect === null) return { status: 400, body: { error: "invalid_request" } };
    const code = `code-${++this.made}`;
    this.codes.set(code, redirect);
    const back = new URL(redirect);
    back.searchParams.set("code", code);
    back.searchParams.set("state", url.searchParams.get("state") ?? "");
    return { status: 302, headers: { Location: back.href }, body: {} };
  }

  token(body: unknown, authorization: string | undefined): Reply {
    if (authorization !== `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString("base64")}`) {
      return { status: 401, body: { error: "invalid_client" } };
    }
    const grant = grants.safeParse(body);
    if (!grant.success || !this.use(grant.data)) return { status: 400, body: { error: "invalid_grant" } };
    return { status: 200, body: this.tokens() };
  }

  revoke(body: unknown): Reply {
    const { token } = z.looseObject({ token: z.string() }).parse(body);
    this.revoked.push(token);
    this.accepted.delete(token);
    return { status: 200, body: { request_id: "5b2f1c3e-0d8a-4b7e-9c1a-6f4e2d8b9a72" } };
  }

  /** Ends every access token; refresh tokens still count. */
  expire(): void {
    this.accepted.clear();
  }

  private use(grant: z.infer<typeof grants>): boolean {
    if (grant.grant_type === "refresh_token") {
      this.refreshes++;
      return this.refreshTokens.delete(grant.refresh_token);
    }
    const { code } = grant;
    const known = this.codes.get(code) === grant.redirect_uri;
    this.codes.delete(code);
    return known;
  }

  private tokens() {
    const access = `ntn_fakeoauth${++this.made}access0123456789`;
    const refresh = `nrt_fakeoauth${this.made}refresh0123456789`;
    this.accepted.add(access);
    this.refreshTokens.add(refresh);
    return {
      access_token: access,
      token_type: "bearer",
      refresh_token: refresh,
      bot_id: "b0700000-0000-4000-8000-000000000000",
      workspace_id: "0a0a0000-0000-4000-8000-000000000000",
      workspace_name: "Harbour Works",
      workspace_icon: null,
      owner: { type: "user", user: { object: "user", id: "00000000-0000-4000-8000-000000000001" } },
      duplicated_template_id: null,
    };
  }
}
