import type { HttpAuth } from "@/core/models/http";
import type { IntegrationContext } from "@/core/models/integration";
import { AuthError } from "@/core/models/errors";
import { basicAuth, bearerAuth } from "@/core/services/http/auth-kinds";
import { createGithubApi, type GithubApi } from "./api";
import type { GithubOptions } from "./models/options";
import { createWikiReader, type WikiReader } from "./git/wiki-repository";
import { apiAddress, type Chosen, createDirectory, siteOf } from "./repositories";

/** What the streams of one sync of an account share. */
export interface Reading {
  api: GithubApi;
  options: GithubOptions;
  account: string;
  directory: () => Promise<Chosen>;
  wiki: WikiReader;
}

/** @throws AuthError for an account that has neither a token nor a grant. */
export function openReading(context: IntegrationContext, options: GithubOptions): Reading {
  const { credential, account, signal } = context;
  const token = credential.apiKey ?? "";
  if (context.auth === undefined && token === "")
    throw new AuthError("This GitHub account has no token.", { action: "Connect it again." });
  const auth = context.auth ?? bearerAuth(token);
  const address = apiAddress(credential.baseUrl);
  const api = createGithubApi(context, auth, signal, address);
  const wiki = createWikiReader(context, gitAuth(auth), signal, context.apiUrl(siteOf(address), "site"));
  return { api, options, account, directory: createDirectory(api, options, token), wiki };
}

/** Git takes the same token as a password, whatever the name beside it. */
function gitAuth(auth: HttpAuth): HttpAuth {
  return {
    headers: async () => {
      const token = Object.values(await auth.headers())[0]?.replace(/^\S+ /, "");
      return basicAuth("x-access-token", token).headers();
    },
  };
}
