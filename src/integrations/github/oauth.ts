import { z } from "zod";
import type { IntegrationServices, OAuthDefinition } from "@/core/models/models";
import { createGithubApi } from "./api";

const userSchema = z.looseObject({ login: z.string(), id: z.number() });
const site = (services: IntegrationServices) => services.apiUrl("https://github.com", "site");

/**
 * An OAuth app or GitHub App of one's own (docs.github.com, “Authorizing OAuth apps”). Its grants end when the person
 * takes them back; where the app's tokens expire, GitHub gives a refresh token with them.
 */
export const githubOAuth: OAuthDefinition = {
  authorizeUrl: (services) => `${site(services)}/login/oauth/authorize`,
  tokenUrl: (services) => `${site(services)}/login/oauth/access_token`,
  scopes: ["repo", "read:org", "read:discussion"],
  pkce: true,
  clientAuth: "body",
  tokenFormat: "form",
  tokenHeaders: { Accept: "application/json" },
  account: async (_tokens, services) => {
    const api = createGithubApi(services, services.auth, services.signal);
    const { data } = await api.get("/user", userSchema);
    return { account: data.login, id: String(data.id) };
  },
};
