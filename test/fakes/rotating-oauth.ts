/** A provider's consent page and token endpoint: PKCE, access tokens that end, refresh tokens that are used once. */
import type { Reply } from "./fake-server";

export interface RotatingOAuthOptions {
  client: { id: string; secret: string };
  /** What tokens begin with at this provider. */
  prefixes: { access: string; refresh: string };
  /** Beside the tokens in each grant, such as how long they live. */
  grant: Readonly<Record<string, unknown>>;
  /** The provider's answer to what it does not grant. */
  refused: (what: "client" | "code" | "refresh token") => Reply;
}

export class RotatingOAuth {
  refreshes = 0;
  private readonly codes = new Map<string, { redirect: string; challenge: string }>();
  private readonly refreshTokens = new Set<string>();
  private made = 0;

  /** @param tokens those that the API accepts. */
  constructor(
    private readonly tokens: Set<string>,
    private readonly options: RotatingOAuthOptions,
  ) {}

  /** The person agrees: where the provider sends them back to. */
  consent(authorizationUrl: string): string {
    const asked = new URL(authorizationUrl).searchParams;
    if (asked.get("client_id") !== this.options.client.id)
      throw new Error("The provider knows no such application.");
    const redirect = asked.get("redirect_uri") ?? "";
    const code = `code${++this.made}`;
    this.codes.set(code, { redirect, challenge: asked.get("code_challenge") ?? "" });
    const back = new URL(redirect);
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state") ?? "");
    return back.href;
  }

  /** Access tokens that were granted are over; refresh tokens still count. */
  expire(): void {
    for (const token of this.tokens)
      if (token.startsWith(this.options.prefixes.access)) this.tokens.delete(token);
  }

  /** All that was granted is taken back. */
  revoke(): void {
    this.expire();
    this.refreshTokens.clear();
  }

  /** Answers the token endpoint. */
  token(form: URLSearchParams): Reply {
    const { client, refused } = this.options;
    if (form.get("client_id") !== client.id || form.get("client_secret") !== client.secret)
      return refused("client");
    if (form.get("grant_type") === "refresh_token") {
      this.refreshes++;
      if (this.refreshTokens.delete(form.get("refresh_token") ?? "")) return this.granted();
      return refused("refresh token");
    }
    const code = this.codes.get(form.get("code") ?? "");
    this.codes.delete(form.get("code") ?? "");
    const verifier = new Bun.CryptoHasher("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (code === undefined || code.redirect !== form.get("redirect_uri") || code.challenge !== verifier)
      return refused("code");
    return this.granted();
  }

  private granted(): Reply {
    const { prefixes, grant } = this.options;
    const serial = ++this.made;
    const access_token = `${prefixes.access}${serial}canary0123456789`;
    const refresh_token = `${prefixes.refresh}${serial}canary0123456789`;
    this.tokens.add(access_token);
    this.refreshTokens.add(refresh_token);
    return { status: 200, body: { access_token, refresh_token, ...grant } };
  }
}
