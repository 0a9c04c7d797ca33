/** What is the same at all of Google's services: the consent page, the token endpoint, and how a request is refused. */
import type { Reply } from "./fake-server";

export const GOOGLE_CLIENT = {
  id: "canary-client.apps.googleusercontent.com",
  secret: "canary-secret-GOCSPX-77c1",
};

export const json = (body: unknown): Reply => ({ status: 200, body });

export function refusal(
  code: number,
  reason: string,
  message: string,
  domain = "global",
  location?: string,
): Reply {
  const where = location === undefined ? {} : { locationType: "parameter", location };
  return {
    status: code,
    body: { error: { code, message, errors: [{ message, domain, reason, ...where }] } },
  };
}

export class GoogleConsent {
  /** The person took the consent back. */
  refusing = false;
  /** Access tokens of earlier generations are over. */
  generation = 1;
  /** Token requests so far, by their kind of grant. */
  readonly grants: string[] = [];
  readonly credential = { accessKey: GOOGLE_CLIENT.id, secretKey: GOOGLE_CLIENT.secret };
  readonly secrets: readonly string[];
  private readonly refreshToken: string;

  /** @param scope the last part of the address of what has to be asked for, such as `drive.readonly`. */
  constructor(private readonly scope: string) {
    this.refreshToken = `1//canary-${scope}`;
    this.secrets = [GOOGLE_CLIENT.secret, this.accessToken(), this.refreshToken];
  }

  /** The value of `INTEGRATION_API_URLS` for a service whose API and tokens are at one address. */
  apiUrls(integration: string, url: string): string {
    const parts = ["authorize", "token", "revoke"].map((part) => `${integration}.${part}=${url}/${part}`);
    return [`${integration}=${url}`, ...parts].join(",");
  }

  /** The person agrees. A refresh token comes with consent that was asked for offline, and with no other. */
  consent(address: string): string {
    const asked = new URL(address).searchParams;
    const back = new URL(asked.get("redirect_uri") ?? "");
    const allowed = asked.get("scope") === `https://www.googleapis.com/auth/${this.scope}`;
    const offline = asked.get("access_type") === "offline" && asked.get("prompt") === "consent";
    back.searchParams.set("code", offline && allowed ? "4/code-offline" : "4/code-online");
    back.searchParams.set("state", asked.get("state") ?? "");
    return back.href;
  }

  /** The answer where the request is one for tokens; undefined for those to the API. */
  async answer(request: Request, { pathname }: URL): Promise<Reply | undefined> {
    if (pathname === "/token") return this.token(new URLSearchParams(await request.text()));
    return pathname === "/revoke" ? json({}) : undefined;
  }

  /** Whether the API takes this request's token. */
  admits(request: Request): boolean {
    return !this.refusing && request.headers.get("authorization") === `Bearer ${this.accessToken()}`;
  }

  private accessToken(): string {
    return `ya29.canary-${this.scope}-${this.generation}`;
  }

  private token(form: URLSearchParams): Reply {
    const grant = form.get("grant_type") ?? "";
    this.grants.push(grant);
    if (form.get("client_id") !== GOOGLE_CLIENT.id || form.get("client_secret") !== GOOGLE_CLIENT.secret)
      return { status: 401, body: { error: "invalid_client", error_description: "Unauthorized" } };
    const known =
      grant === "refresh_token"
        ? form.get("refresh_token") === this.refreshToken
        : form.get("code")?.startsWith("4/") === true;
    if (this.refusing || !known) {
      const error_description = "Token has been expired or revoked.";
      return { status: 400, body: { error: "invalid_grant", error_description } };
    }
    const tokens = { access_token: this.accessToken(), expires_in: 3_599, token_type: "Bearer" };
    const isFirst = form.get("code") === "4/code-offline";
    return json(isFirst ? { ...tokens, refresh_token: this.refreshToken } : tokens);
  }
}
