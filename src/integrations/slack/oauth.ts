import type { OAuthDefinition } from "@/core/models/oauth";
import { createApi } from "./api";
import { workspaceOf } from "./connect";

/** What reading takes (https://docs.slack.dev/reference/scopes). Nothing is ever written to Slack. */
export const scopes = [
  "channels:read",
  "channels:history",
  "groups:read",
  "groups:history",
  "users:read",
  "users:read.email",
  "files:read",
];

/** OAuth 2.0, version 2 of Slack's (https://docs.slack.dev/authentication/installing-with-oauth). */
export const slackOAuth: OAuthDefinition = {
  authorizeUrl: "https://slack.com/oauth/v2/authorize",
  tokenUrl: (services) => `${services.apiUrl("https://slack.com/api")}/oauth.v2.access`,
  scopes,
  scopeSeparator: ",",
  pkce: false,
  clientAuth: "basic",
  tokenFormat: "form",
  account: async (_tokens, services) => {
    const { auth, signal } = services;
    const workspace = workspaceOf(await createApi({ auth, services, signal }).identity());
    return { account: workspace.name, id: workspace.id };
  },
};
