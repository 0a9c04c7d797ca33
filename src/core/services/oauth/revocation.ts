import { messageOf } from "@/core/models/errors";
import type { SealedPart } from "@/core/services/credentials/sealed";
import { redactText } from "@/lib/redact";
import { revokeToken } from "./grants";
import type { OAuthProvider } from "./provider";

/** Takes an account's permission back at its provider. Says in plain words why not, where it could not be done. */
export async function revokeAccount(
  provider: OAuthProvider,
  { accessToken, refreshToken }: Pick<SealedPart, "accessToken" | "refreshToken">,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (provider.revokeUrl === undefined) {
    return "The provider has no way to take the permission back from here; do so on its own page.";
  }
  const byRefreshToken = provider.definition.revokes !== "accessToken" && refreshToken !== undefined;
  const value = byRefreshToken ? refreshToken : accessToken;
  if (value === undefined) return undefined;
  try {
    await revokeToken(provider, { value, hint: byRefreshToken ? "refresh_token" : "access_token" }, signal);
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    return `The permission could not be taken back at the provider: ${redactText(messageOf(error))}`;
  }
}
