/** GitHub's consent page and token endpoint, as for a GitHub App: tokens of eight hours, refresh tokens used once. */
import { RotatingOAuth } from "../rotating-oauth";

export const CLIENT = { id: "Iv1.fa4e0123456789ab", secret: "fa4ec11e47secret0123456789abcdef01234567" };

const refusals = {
  client: ["incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect."],
  code: ["bad_verification_code", "The code passed is incorrect or expired."],
  "refresh token": ["bad_refresh_token", "The refresh token passed is incorrect or expired."],
} as const;

/** @param tokens those that the API accepts. */
export function githubOAuthFake(tokens: Set<string>): RotatingOAuth {
  return new RotatingOAuth(tokens, {
    client: CLIENT,
    prefixes: { access: "ghu_access", refresh: "ghr_refresh" },
    grant: { expires_in: 28_800, refresh_token_expires_in: 15_897_600, scope: "", token_type: "bearer" },
    // Refusals come with status 200.
    refused: (what) => {
      const [error, error_description] = refusals[what];
      return { status: 200, body: { error, error_description, error_uri: "https://docs.github.com" } };
    },
  });
}
