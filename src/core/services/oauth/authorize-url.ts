import { createHash } from "node:crypto";
import type { OAuthProvider } from "./provider";

export interface AuthorizeRequest {
  state: string;
  redirectUri: string;
  /** The code verifier, where the provider takes a challenge. */
  verifier: string | undefined;
}

/** Where a person is sent to agree (RFC 6749, 4.1.1), with a challenge by S256 (RFC 7636). */
export function authorizeUrl(
  { definition, authorizeUrl: address, client }: OAuthProvider,
  { state, redirectUri, verifier }: AuthorizeRequest,
): string {
  const { scopes, scopeSeparator = " ", extraAuthorizeParams = {} } = definition;
  const url = new URL(address);
  const fields: Record<string, string> = {
    ...extraAuthorizeParams,
    response_type: "code",
    client_id: client.id,
    redirect_uri: redirectUri,
    state,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(scopeSeparator) }),
    ...(verifier === undefined
      ? {}
      : { code_challenge: challengeOf(verifier), code_challenge_method: "S256" }),
  };
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return url.href;
}

/** The S256 challenge of a verifier (RFC 7636), in base64url. */
export function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}
