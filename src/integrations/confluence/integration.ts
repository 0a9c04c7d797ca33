import type { ConnectResult, CredentialInput, IntegrationServices } from "@/core/models/models";
import { siteCredential } from "@/core/services/atlassian/atlassian-site";
import { idsByName } from "@/core/services/credentials/choose-by-name";
import { createIntegration } from "@/core/services/sync/create-integration";
import { confluenceApi } from "./api";
import { confluenceChoices } from "./choices";
import { confluenceConfig } from "./config";
import { confluencePage } from "./db/schema";
import { optionsSchema } from "./models/models";

/** A Confluence Cloud site: pages and blog posts with their comments. */
export const confluenceIntegration = createIntegration({
  config: confluenceConfig,
  options: optionsSchema,
  streams: async (context, options) => {
    const { contentStream } = await import("./sync-steps/content");
    const api = confluenceApi(context);
    return [contentStream(context, api, "pages", options), contentStream(context, api, "blogposts", options)];
  },
  connect: connectConfluence,
  choices: confluenceChoices,
  tables: [confluencePage],
});

/**
 * Checks site, token and the chosen spaces, whose names become ids.
 *
 * @throws InputError naming the field; AuthError when Confluence does not know the token.
 */
async function connectConfluence(
  input: CredentialInput,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<ConnectResult> {
  const { account, credential } = siteCredential(input);
  const options = optionsSchema.parse(input.options ?? {});
  const api = confluenceApi({ ...services, credential, signal });
  await api.assertKnown();
  const known = options.spaces.length === 0 ? [] : await api.spaces();
  const choices = known.map(({ id, key, name }) => ({ id, names: [key, name] }));
  const spaces = idsByName("Confluence", "spaces", options.spaces, choices);
  return { account, credential: { ...credential, options: { ...options, spaces } } };
}
