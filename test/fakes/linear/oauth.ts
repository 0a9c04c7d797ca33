/** Linear's consent page and token endpoint, for applications with refresh tokens (linear.app/developers/oauth-2-0-authentication). */
import { RotatingOAuth } from "../rotating-oauth";

export const CLIENT = { id: "canary0client0id", secret: "canary0client0secret91cd" };

/** @param tokens those that the API accepts. */
export function linearOAuthFake(tokens: Set<string>): RotatingOAuth {
  return new RotatingOAuth(tokens, {
    client: CLIENT,
    prefixes: { access: "lin_oauth_access", refresh: "lin_refresh" },
    grant: { expires_in: 86_399, scope: "read", token_type: "Bearer" },
    refused: (what) => {
      const error = what === "client" ? "invalid_client" : "invalid_grant";
      const error_description =
        what === "client" ? "Client is unknown" : `The ${what} is invalid or has expired`;
      return { status: what === "client" ? 401 : 400, body: { error, error_description } };
    },
  });
}
