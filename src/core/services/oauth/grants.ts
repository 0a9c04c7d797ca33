/** The three requests of a client to its provider: a code for tokens, tokens anew, tokens no more. */
import type { OAuthTokens } from "@/core/models/oauth";
import { requestTokens } from "@/core/services/http/oauth-tokens";
import type { OAuthProvider } from "./provider";

/** A token request is over by then, in milliseconds; longer than any provider takes, shorter than a lease. */
const TOKEN_TIMEOUT_MS = 20_000;

/** @throws as `requestTokens`. */
export function exchangeCode(
  provider: OAuthProvider,
  grant: { code: string; redirectUri: string; verifier: string | undefined },
  signal?: AbortSignal,
): Promise<OAuthTokens> {
  const { code, redirectUri, verifier } = grant;
  const pkce: Record<string, string> = verifier === undefined ? {} : { code_verifier: verifier };
  const fields = { grant_type: "authorization_code", code, redirect_uri: redirectUri, ...pkce };
  return askForTokens(provider, provider.tokenUrl, fields, signal);
}

/** Gives back the refresh token that was sent where the provider gives no new one. @throws as `requestTokens`. */
export function renewTokens(
  provider: OAuthProvider,
  refreshToken: string,
  signal?: AbortSignal,
): Promise<OAuthTokens> {
  const fields = { grant_type: "refresh_token", refresh_token: refreshToken };
  return askForTokens(provider, provider.refreshUrl, fields, signal);
}

/** RFC 7009; also for providers that take JSON there. @throws what the provider's refusal means. */
export async function revokeToken(
  provider: OAuthProvider,
  token: { value: string; hint: "access_token" | "refresh_token" },
  signal?: AbortSignal,
): Promise<void> {
  const { revokeUrl, definition } = provider;
  if (revokeUrl === undefined) return;
  const asClient = clientAuth(provider);
  const fields = { token: token.value, token_type_hint: token.hint, ...asClient.fields };
  await clientOf(provider).request({
    method: "POST",
    url: revokeUrl,
    expect: "text",
    attempts: 2,
    maxBytes: 1_048_576,
    headers: { ...definition.tokenHeaders, ...asClient.headers },
    ...(definition.tokenFormat === "form" ? { form: fields } : { json: fields }),
    ...(signal === undefined ? {} : { signal }),
  });
}

function askForTokens(
  provider: OAuthProvider,
  url: string,
  grant: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<OAuthTokens> {
  const { definition } = provider;
  const asClient = clientAuth(provider);
  return requestTokens(clientOf(provider), {
    url,
    fields: { ...grant, ...asClient.fields },
    as: definition.tokenFormat,
    headers: { ...definition.tokenHeaders, ...asClient.headers },
    ...(definition.explain === undefined ? {} : { explain: definition.explain }),
    ...(signal === undefined ? {} : { signal }),
  });
}

function clientOf({ services }: OAuthProvider) {
  return services.http({ timeouts: { headersMs: TOKEN_TIMEOUT_MS, totalMs: TOKEN_TIMEOUT_MS } });
}

/** RFC 6749, 2.3.1: as Basic, both parts are encoded as in a form first. */
function clientAuth({ definition, client }: OAuthProvider): {
  fields: Record<string, string>;
  headers: Record<string, string>;
} {
  if (definition.clientAuth === "body") {
    return { fields: { client_id: client.id, client_secret: client.secret }, headers: {} };
  }
  const pair = `${formEncoded(client.id)}:${formEncoded(client.secret)}`;
  return { fields: {}, headers: { Authorization: `Basic ${Buffer.from(pair).toString("base64")}` } };
}

function formEncoded(text: string): string {
  return new URLSearchParams({ "": text }).toString().slice(1);
}
