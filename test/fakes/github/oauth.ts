/** GitHub's consent page and token endpoint, as for a GitHub App: tokens of eight hours, refresh tokens used once. */
import type { Answer } from "./rest";

export const CLIENT = { id: "Iv1.fa4e0123456789ab", secret: "fa4ec11e47secret0123456789abcdef01234567" };

export class GithubOAuth {
  refreshes = 0;
  private readonly codes = new Map<string, { redirect: string; challenge: string }>();
  private readonly refreshTokens = new Set<string>();
  private made = 0;

  /** @param tokens those that the API accepts. */
  constructor(private readonly tokens: Set<string>) {}

  /** The person agrees: where GitHub sends them back to. */
  consent(authorizationUrl: string): string {
    const asked = new URL(authorizationUrl).searchParams;
    if (asked.get("client_id") !== CLIENT.id) throw new Error("GitHub knows no such application.");
    const redirect = asked.get("redirect_uri") ?? "";
    const code = `code${++this.made}`;
    this.codes.set(code, { redirect, challenge: asked.get("code_challenge") ?? "" });
    const back = new URL(redirect);
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state") ?? "");
    return back.href;
  }

  /** Refusals come with status 200. */
  token(form: URLSearchParams): Answer {
    if (form.get("client_id") !== CLIENT.id || form.get("client_secret") !== CLIENT.secret)
      return refused(
        "incorrect_client_credentials",
        "The client_id and/or client_secret passed are incorrect.",
      );
    if (form.get("grant_type") === "refresh_token") {
      this.refreshes++;
      if (this.refreshTokens.delete(form.get("refresh_token") ?? "")) return this.granted();
      return refused("bad_refresh_token", "The refresh token passed is incorrect or expired.");
    }
    const code = this.codes.get(form.get("code") ?? "");
    this.codes.delete(form.get("code") ?? "");
    const verifier = new Bun.CryptoHasher("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (code === undefined || code.redirect !== form.get("redirect_uri") || code.challenge !== verifier)
      return refused("bad_verification_code", "The code passed is incorrect or expired.");
    return this.granted();
  }

  private granted(): Answer {
    const serial = ++this.made;
    const access_token = `ghu_access${serial}canary0123456789`;
    const refresh_token = `ghr_refresh${serial}canary0123456789`;
    this.tokens.add(access_token);
    this.refreshTokens.add(refresh_token);
    const lives = { expires_in: 28_800, refresh_token_expires_in: 15_897_600 };
    return { status: 200, body: { access_token, ...lives, refresh_token, scope: "", token_type: "bearer" } };
  }
}

function refused(error: string, error_description: string): Answer {
  return { status: 200, body: { error, error_description, error_uri: "https://docs.github.com" } };
}
