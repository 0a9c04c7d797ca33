import { type Config, type OAuthClient, oauthClientName } from "@/core/config";
import { InputError } from "@/core/models/errors";
import type { SealedPart } from "@/core/services/credentials/sealed";

type KeyPair = Pick<SealedPart, "accessKey" | "secretKey">;

/** The installation's own application at a provider, from the environment. */
export function installedClient(
  config: Pick<Config, "oauthClients">,
  integration: string,
): OAuthClient | undefined {
  return config.oauthClients[oauthClientName(integration)];
}

/** The first of these that is whole. One half given without the other is the form's fault. */
export function clientIn(...pairs: readonly (KeyPair | undefined)[]): OAuthClient | undefined {
  for (const { accessKey: id, secretKey: secret } of pairs.map((pair) => pair ?? {})) {
    if (id !== undefined && secret !== undefined) return { id, secret };
  }
  return undefined;
}

/** @throws InputError that says where a client comes from. */
export function missingClient(integration: string, redirectUri: string): InputError {
  const name = oauthClientName(integration);
  const message = `takes the client id of an application at the provider, with the redirect address ${redirectUri}`;
  return new InputError(
    `${integration} needs an application at the provider that stands for this installation.`,
    [
      { field: "accessKey", message },
      { field: "secretKey", message: "takes the application's client secret" },
    ],
    {
      action: `Give its client id and secret, or set ${name}_OAUTH_CLIENT_ID and ${name}_OAUTH_CLIENT_SECRET. It has to allow the redirect address ${redirectUri}.`,
    },
  );
}
