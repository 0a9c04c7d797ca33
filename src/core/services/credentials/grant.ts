import type { CredentialInput } from "@/core/models/credential";
import type { OAuthTokens } from "@/core/models/oauth";

/** A provider's permission for one account, ready to be stored. */
export interface Grant {
  /** Label to store it under. */
  account: string;
  /** The form's fields: the client's own id and secret where they are not the installation's, and options. */
  input: CredentialInput;
  tokens: Pick<OAuthTokens, "accessToken" | "refreshToken" | "expiresAt">;
  /** What the provider knows the account by. */
  identity: string;
  scopes: readonly string[];
}

/** A token is renewed so long before its end, in milliseconds, or once three quarters of its life are over. */
const EARLY_MS = 120_000;

/** When a token ends, and when it is to be renewed, as ISO-8601; neither where the provider does not say. */
export function timesOf(
  { expiresAt }: Pick<OAuthTokens, "expiresAt">,
  now: number = Date.now(),
): { expiresAt: string | undefined; renewAt: string | undefined } {
  if (expiresAt === undefined) return { expiresAt: undefined, renewAt: undefined };
  const life = expiresAt.getTime() - now;
  const renewAt = new Date(expiresAt.getTime() - Math.min(EARLY_MS, life / 4));
  return { expiresAt: expiresAt.toISOString(), renewAt: renewAt.toISOString() };
}
