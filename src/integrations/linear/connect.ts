import { AuthError, InputError } from "@/core/models/errors";
import type {
  ConnectResult,
  CredentialInput,
  HttpAuth,
  IntegrationServices,
  OAuthDefinition,
} from "@/core/models/models";
import { idsByName } from "@/core/services/credentials/choose-by-name";
import { headerAuth } from "@/core/services/http/auth-kinds";
import { apiBase, linearHttp } from "./api/linear-http";
import { workspaceSchema } from "./models/models";
import { linearOptionsSchema } from "./models/options";

/** A personal key stands in the header as it is, without a scheme. */
export const keyAuth = (apiKey: string | undefined) => headerAuth("Authorization", apiKey);

/**
 * Checks a key and the chosen teams with one request before they are stored. The account is named after the workspace.
 *
 * @throws InputError naming the field; AuthError when Linear does not accept the key.
 */
export async function connectLinear(
  input: CredentialInput,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<ConnectResult> {
  const options = linearOptionsSchema.parse(input.options ?? {});
  const apiKey = (input.apiKey ?? "").trim();
  if (!/^[\x21-\x7e]{10,}$/.test(apiKey)) {
    const message = "takes a personal API key, which begins with lin_api_";
    throw new InputError(`Linear cannot be connected like this: the key ${message}.`, [
      { field: "apiKey", message },
    ]);
  }
  const { organization, teams } = await workspaceOf(keyAuth(apiKey), signal, services).catch(
    (error: unknown) => {
      if (!(error instanceof AuthError)) throw error;
      const action = "Make one at linear.app → Settings → Security & access, and paste all of it.";
      throw new AuthError("Linear does not accept this key.", { action, cause: error });
    },
  );
  const choices = teams.nodes.map(({ id, key, name }) => ({ id, names: [key, name] }));
  const ids = idsByName("Linear", "teams", options.teams, choices);
  return {
    account: input.account ?? organization.name,
    credential: { ...input, apiKey, options: { ...options, teams: ids } },
  };
}

/** Chosen teams by the keys that they have now: what was chosen is kept by ids, since teams get other keys and names. */
export async function chosenKeys(
  chosen: readonly string[],
  auth: HttpAuth,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<string[]> {
  if (chosen.length === 0) return [];
  const { nodes } = (await workspaceOf(auth, signal, services)).teams;
  // By consent, what people wrote comes here as it is.
  const isCalled = (one: (typeof nodes)[number], given: string) =>
    [one.id, one.key, one.name].some((known) => known.toLowerCase() === given.toLowerCase());
  return chosen.map((given) => nodes.find((one) => isCalled(one, given))?.key ?? given);
}

/** An application of the workspace's own (linear.app/developers/oauth-2-0-authentication). */
export const linearOAuth: OAuthDefinition = {
  authorizeUrl: "https://linear.app/oauth/authorize",
  tokenUrl: (services) => `${apiBase(services)}/oauth/token`,
  revokeUrl: (services) => `${apiBase(services)}/oauth/revoke`,
  scopes: ["read"],
  scopeSeparator: ",",
  pkce: true,
  clientAuth: "body",
  tokenFormat: "form",
  extraAuthorizeParams: { prompt: "consent" },
  account: async (_tokens, services) => {
    const { organization } = await workspaceOf(services.auth, services.signal, services);
    return { account: organization.name, id: organization.id };
  },
};

/** Whose key it is, with the teams that it sees. */
export async function workspaceOf(auth: HttpAuth, signal: AbortSignal, services: IntegrationServices) {
  const { data } = await services.http(linearHttp(auth)).request({
    method: "POST",
    url: `${apiBase(services)}/graphql`,
    json: { query: "{ viewer { id } organization { id name } teams(first: 250) { nodes { id key name } } }" },
    expect: "json",
    schema: workspaceSchema,
    signal,
  });
  return data.data;
}
