/** Asks an OAuth token endpoint. What its refusals mean is decided here, once for all providers. */
import { z } from "zod";
import { AuthError, PermanentError, StoneturnerError } from "@/core/models/errors";
import { ForbiddenError, RequestRefusedError } from "./errors";
import { checkShape } from "./decode";
import type { HttpClient } from "./types";

export interface Tokens {
  accessToken: string;
  refreshToken: string | undefined;
  /** Undefined when the provider does not say. */
  expiresAt: Date | undefined;
  /** The whole answer, for what a provider adds (workspace name, base URL). Holds secrets. */
  raw: Record<string, unknown>;
}

export interface TokenRequest {
  url: string;
  /** Fields of the grant, the client's id and secret among them where the provider wants them there. */
  fields: Readonly<Record<string, string>>;
  /** How the fields are sent. Default form. */
  as?: "form" | "json";
  /** For providers that want the client's id and secret as Basic. */
  headers?: Record<string, string>;
  /** What to do about a refusal in the provider's own words; undefined for words that are not known. */
  explain?: (said: string) => string | undefined;
  signal?: AbortSignal;
}

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.coerce.number().positive().max(1e10).nullish(),
});

/** Grants that are over for good, by RFC 6749 and by providers of their own mind. */
const grantIsOver =
  /\b(?:invalid_grant|bad_refresh_token|bad_verification_code|invalid_refresh_token|token_revoked)\b/;

/**
 * One token request, never sent twice: a rotating token would be lost. When the provider gives no new refresh token,
 * the one that was sent stays valid and is given back.
 *
 * @throws AuthError when the grant is over and a person must reconnect; TransientError and RateLimitedError when the
 * stored tokens are still good and it can be tried later; PermanentError when the application itself is refused.
 */
export async function requestTokens(
  client: HttpClient,
  request: TokenRequest,
  now = Date.now(),
): Promise<Tokens> {
  const { url, fields, as = "form", headers, explain, signal } = request;
  const answer = await client
    .request({
      method: "POST",
      url,
      expect: "json",
      attempts: 1,
      maxBytes: 1_048_576,
      ...(as === "form" ? { form: fields } : { json: fields }),
      ...(headers === undefined ? {} : { headers }),
      ...(signal === undefined ? {} : { signal }),
    })
    .catch((error: unknown) => {
      throw error instanceof StoneturnerError ? meaning(error, explain?.(error.message)) : error;
    });
  refuseErrorInBody(answer.data);
  const tokens = checkShape(answer.data, tokenSchema, "The token request");
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? fields["refresh_token"],
    expiresAt: typeof tokens.expires_in === "number" ? new Date(now + tokens.expires_in * 1_000) : undefined,
    raw: tokens,
  };
}

/** Some providers refuse with status 200. */
function refuseErrorInBody(data: unknown): void {
  const refusal = z.looseObject({ error: z.string().max(200) }).safeParse(data);
  if (!refusal.success) return;
  if (grantIsOver.test(refusal.data.error)) throw reconnect();
  throw new PermanentError("The provider refuses the token request.", {
    action: "Check the application's client id and secret, and its redirect address.",
  });
}

/** @param action what the provider's words ask for, where they are known. */
function meaning(error: StoneturnerError, action: string | undefined): StoneturnerError {
  const refused =
    error instanceof RequestRefusedError || error instanceof ForbiddenError || error instanceof AuthError;
  if (refused && grantIsOver.test(error.message)) return reconnect(error, action);
  if (refused && action !== undefined) return new PermanentError(error.message, { action, cause: error });
  if (!(error instanceof AuthError)) return error;
  return new PermanentError("The provider does not know this application.", {
    action: "Check the application's client id and secret.",
    cause: error,
  });
}

function reconnect(cause?: unknown, action = "Reconnect the account."): AuthError {
  return new AuthError("The provider has ended this account's permission.", { action, cause });
}
