/** Tokens of an external OAuth issuer: JWTs checked against its published keys. */
import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import type { OAuthConfig } from "@/core/config";
import { type Caller, type Scope, scopes } from "@/core/models/access";
import { TransientError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import { sendHop } from "@/core/services/http/send-hop";
import { checkedAddresses, systemResolve } from "@/core/services/http/ssrf-guard";

/** Signatures by a key pair only: with a shared secret, whoever can check a token could make one. */
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
/** Two machines' clocks may differ by this much, in seconds. */
const CLOCK_TOLERANCE = 30;
const LONGEST_TOKEN = 8_192;
const TIMEOUT_MS = 5_000;
const MOST_BYTES = 256 * 1_024;
/** Keys are asked for again after this time, and at most this often for a key that is not known. */
const KEYS_FRESH_MS = 600_000;
const KEYS_COOLDOWN_MS = 30_000;

/** Scopes come as a line of words (RFC 9068) or, from some issuers, as a list named `scp`. */
const claimsSchema = z.object({
  sub: z.string().min(1).max(300),
  scope: z.string().optional(),
  scp: z.union([z.string(), z.array(z.string())]).optional(),
});

/**
 * Makes the check of foreign tokens. It resolves with undefined for a token that does not count: wrong signature, issuer
 * or audience, expired, or without a scope of ours. The issuer's keys are the only thing it ever fetches.
 *
 * @throws TransientError (from the check) when the keys cannot be had.
 */
export function createForeignTokens(
  config: OAuthConfig,
  log: Logger,
): (token: string) => Promise<Caller | undefined> {
  const keys = createRemoteJWKSet(new URL(config.jwksUrl), {
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: KEYS_FRESH_MS,
    cooldownDuration: KEYS_COOLDOWN_MS,
    [customFetch]: (url, { headers, signal }) => fetchKeys(new URL(url), { headers, signal }, config),
  });
  return async (token) => {
    if (token.length > LONGEST_TOKEN) return undefined;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: config.issuer,
        audience: config.audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE,
        requiredClaims: ["exp", "sub"],
      });
      return callerOf(payload);
    } catch (error) {
      if (isRefusal(error)) {
        log.info("A token of the OAuth issuer was refused.", { reason: error.code });
        return undefined;
      }
      log.warn("The keys of the OAuth issuer cannot be had.", { error });
      throw new TransientError("The login service does not answer.", { action: "Try again in a moment." });
    }
  };
}

/** One request to a checked address, without redirects: whoever answers may not send us anywhere else. */
async function fetchKeys(
  url: URL,
  { headers, signal }: { headers: Headers; signal: AbortSignal },
  { allowPrivateHosts }: OAuthConfig,
): Promise<Response> {
  const allowedPrivateHosts = allowPrivateHosts ? [url.host] : [];
  const [address = ""] = await checkedAddresses(url, { resolve: systemResolve, allowedPrivateHosts });
  const timeouts = { headersMs: TIMEOUT_MS, idleMs: TIMEOUT_MS, totalMs: TIMEOUT_MS };
  const request = { url, method: "GET", headers, body: undefined };
  const options = { address, timeouts, maxBytes: MOST_BYTES, ca: undefined, keepalive: false, signal };
  const { status, body } = await sendHop(request, options);
  return new Response(new TextDecoder().decode(body), { status });
}

/** Errors that speak of the token, not of the way to the keys. */
function isRefusal(error: unknown): error is errors.JOSEError {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== errors.JOSEError.code
  );
}

function callerOf(payload: JWTPayload): Caller | undefined {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return undefined;
  const { sub, scope = "", scp = [] } = claims.data;
  const words = new Set([...scope.split(" "), ...(typeof scp === "string" ? scp.split(" ") : scp)]);
  const held = scopes.findLast((name: Scope) => words.has(name));
  return held === undefined ? undefined : { kind: "oauth", scope: held, actor: `oauth ${sub}` };
}
