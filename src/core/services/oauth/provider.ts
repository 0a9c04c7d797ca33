/** An integration's OAuth definition with everything resolved, as the parts of the flow work with it. */
import type { OAuthClient } from "@/core/config";
import { PermanentError } from "@/core/models/errors";
import type { Integration, IntegrationServices } from "@/core/models/integration";
import type { OAuthAddress, OAuthDefinition, OAuthSettings } from "@/core/models/oauth";

export interface OAuthProvider {
  definition: OAuthDefinition;
  authorizeUrl: string;
  tokenUrl: string;
  refreshUrl: string;
  revokeUrl: string | undefined;
  services: IntegrationServices;
  /** The application that the provider knows us as. */
  client: OAuthClient;
}

/** @throws PermanentError for an integration that does not connect through the core's flow. */
export function definitionOf({ config, oauth }: Integration): OAuthDefinition {
  if (oauth !== undefined) return oauth;
  throw new PermanentError(`${config.integration} does not connect through OAuth.`, {
    action: "Connect it with the fields of its form.",
  });
}

export function createProvider(
  definition: OAuthDefinition,
  services: IntegrationServices,
  client: OAuthClient,
  settings: OAuthSettings,
): OAuthProvider {
  const at = (address: OAuthAddress, part: string) =>
    services.apiUrl(typeof address === "string" ? address : address(services, settings), part);
  const { authorizeUrl, tokenUrl, refreshUrl, revokeUrl } = definition;
  return {
    definition,
    services,
    client,
    authorizeUrl: at(authorizeUrl, "authorize"),
    tokenUrl: at(tokenUrl, "token"),
    refreshUrl: refreshUrl === undefined ? at(tokenUrl, "token") : at(refreshUrl, "refresh"),
    revokeUrl: revokeUrl === undefined ? undefined : at(revokeUrl, "revoke"),
  };
}
