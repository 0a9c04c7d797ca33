import type { ConnectResult, CredentialInput, IntegrationServices } from "@/core/models/models";
import { siteCredential } from "@/core/services/atlassian/atlassian-site";
import { idsByName } from "@/core/services/credentials/choose-by-name";
import { allOf } from "@/core/services/http/pagination";
import { createIntegration } from "@/core/services/sync/create-integration";
import { jiraApi } from "./api";
import { jiraChoices } from "./choices";
import { jiraConfig } from "./config";
import { jiraIssue } from "./db/schema";
import { optionsSchema } from "./models/models";

/** A Jira Cloud site: issues with their comments. */
export const jiraIntegration = createIntegration({
  config: jiraConfig,
  options: optionsSchema,
  streams: async (context, options) => {
    const { issuesStream } = await import("./sync-steps/issues");
    return [await issuesStream(context, options)];
  },
  connect: connectJira,
  choices: jiraChoices,
  tables: [jiraIssue],
});

/**
 * Checks site, token and the chosen projects, whose names become ids.
 *
 * @throws InputError naming the field; AuthError when Jira does not know the token.
 */
async function connectJira(
  input: CredentialInput,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<ConnectResult> {
  const { account, credential } = siteCredential(input);
  const options = optionsSchema.parse(input.options ?? {});
  const api = jiraApi({ ...services, credential, signal });
  await api.assertKnown();
  const known = options.projects.length === 0 ? [] : await allOf(api.projects());
  const choices = known.map(({ id, key, name }) => ({ id, names: [key, name] }));
  const projects = idsByName("Jira", "projects", options.projects, choices);
  return { account, credential: { ...credential, options: { ...options, projects } } };
}
