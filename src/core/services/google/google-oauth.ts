import type { OAuthDefinition } from "@/core/models/oauth";

/**
 * Google's consent, the same for all that it has (developers.google.com/identity/protocols/oauth2/web-server). A refresh
 * token comes with the first consent alone, unless consent is asked for each time; a renewal gives none, and the old one
 * stays. What the same application was granted for other sources is not asked for: each source's token reads its own.
 *
 * @param scope the last part of its address, such as `drive.readonly`.
 */
export function googleOAuth(scope: string, account: OAuthDefinition["account"]): OAuthDefinition {
  return {
    authorizeUrl: "https://accounts.google.com/o/oauth2/v2/auth",
    tokenUrl: "https://oauth2.googleapis.com/token",
    revokeUrl: "https://oauth2.googleapis.com/revoke",
    scopes: [`https://www.googleapis.com/auth/${scope}`],
    pkce: true,
    clientAuth: "body",
    tokenFormat: "form",
    extraAuthorizeParams: { access_type: "offline", prompt: "consent" },
    account,
  };
}
