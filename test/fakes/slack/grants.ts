/** Consent, and tokens that end after twelve hours, as Slack gives them to apps with token rotation. */
export const clientId = "1.2";
export const clientSecret = "client-secret-canary";

const HOURS_12 = 43_200;

export class Grants {
  private generation = 1;
  /** The generation whose refresh token still works. */
  private renewable = 1;

  accepts = (token: string): boolean => token === accessToken(this.generation);
  isOver = (token: string): boolean => token.startsWith(accessToken("")) && !this.accepts(token);

  /** The access token is over before its time. */
  expire(): void {
    this.generation++;
  }

  /** Answers `oauth.v2.access`, with status 200 whatever it says. */
  answer(
    fields: URLSearchParams,
    authorization: string | null,
    team: { id: string; name: string },
  ): Record<string, unknown> {
    const known = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    if (authorization !== known) return { ok: false, error: "bad_client_secret" };
    if (fields.get("grant_type") === "refresh_token") {
      if (fields.get("refresh_token") !== refreshToken(this.renewable))
        return { ok: false, error: "invalid_refresh_token" };
      this.generation++;
    } else if (fields.get("code") !== "code-1") return { ok: false, error: "invalid_code" };
    this.renewable = this.generation;
    return {
      ok: true,
      access_token: accessToken(this.generation),
      refresh_token: refreshToken(this.generation),
      expires_in: HOURS_12,
      token_type: "bot",
      team,
      authed_user: { id: "U1" },
    };
  }

  /** The person agrees: Slack sends them back with a code. */
  consent = (authorizationUrl: string): Promise<string> => {
    const asked = new URL(authorizationUrl).searchParams;
    const back = new URL(asked.get("redirect_uri") ?? "");
    back.searchParams.set("code", "code-1");
    back.searchParams.set("state", asked.get("state") ?? "");
    return Promise.resolve(back.href);
  };
}

const accessToken = (generation: number | "") => `xoxe.xoxb-1-granted-canary-${generation}`;
const refreshToken = (generation: number) => `xoxe-1-refresh-canary-${generation}`;
